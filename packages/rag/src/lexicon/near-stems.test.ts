import { expect, test } from 'vitest';
import { nearStems } from './near-stems.ts';

const near = nearStems(['вакцин', 'стерилиз', 'гарант', 'стол']);

test.each([
  ['вакцыной', ['вакцин']],
  ['стерелизация', ['стерилиз']],
  ['гаранттию', ['гарант']],
  ['столы', []],
  ['сакцина', []],
  ['', []],
])('„%s“ begins, but for one slip, with %s', (word, stems) => {
  expect(near(word)).toEqual(stems);
});

test('what is spelt right is found as well', () => {
  expect(near('гарантия')).toEqual(['гарант']);
});
