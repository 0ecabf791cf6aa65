import { expect, test } from 'vitest';
import { oneLine } from './one-line.ts';

test('a text of many lines becomes one, and a long one is cut between letters', () => {
  expect(oneLine(' Есть\n  чек?\t')).toBe('Есть чек?');
  expect(oneLine('а'.repeat(120))).toBe('а'.repeat(120));
  expect(oneLine('а'.repeat(5_000))).toBe(`${'а'.repeat(119)}…`);
  expect(oneLine('👍🏻👍🏻', 3)).toBe('👍🏻…');
});
