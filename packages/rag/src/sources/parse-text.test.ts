import { expect, test } from 'vitest';
import { parseText } from './parse-text.ts';

const plain = (text: string) => parseText({ key: 'a.txt', kind: 'text', name: 'файл', text }).sections;

test('plain text is parted by blank lines, and wrapped lines are joined', () => {
  const { sections } = parseText({
    key: 'a',
    kind: 'text',
    name: 'a',
    text: 'Открыты\nкаждый день.\nЗвоните.\n\nЕщё.',
  });
  expect(sections[0]?.blocks).toEqual(['Открыты каждый день.\nЗвоните.', 'Ещё.']);
});

test('a long run of spaces is read at once', () => {
  const spaces = ' '.repeat(1_000_000);
  expect(plain(`строка${spaces}\nеё конец${spaces}я`)).toEqual([
    { headings: [], blocks: [`строка её конец${spaces}я`] },
  ]);
});
