import { styleText } from 'node:util';
import { expect, test } from 'vitest';
import { tableLines } from './table.ts';

test('columns line up, Cyrillic and coloured cells included', () => {
  const green = styleText('green', 'да', { validateStream: false });
  expect(
    tableLines([
      ['вопрос', 'ответ'],
      [green, 'x'],
      ['', 'y'],
    ]),
  ).toEqual(['вопрос  ответ', `${green}      x`, '        y']);
});
