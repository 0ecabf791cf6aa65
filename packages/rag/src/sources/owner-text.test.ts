import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownerText } from './owner-text.ts';

test('every failure that this folder can report has a text of its own, in Russian', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const codes = new Set(
    files.flatMap((name) =>
      [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/'(knowledge\.[a-z-]+)'/g)].map(
        ([, code]) => code ?? '',
      ),
    ),
  );
  codes.delete('knowledge.no-such-path');
  const others = ownerText('somebody.else');
  expect([...codes].filter((code) => ownerText(code) === others)).toEqual([]);
  expect([...codes].filter((code) => !/[а-яё]/.test(ownerText(code)))).toEqual([]);
});

test('what is not the fault of a source has a text for all', () => {
  expect(ownerText('model.timeout')).toMatch(/по словам/);
  expect(ownerText('avito.rate-limited')).toMatch(/Avito/);
});
