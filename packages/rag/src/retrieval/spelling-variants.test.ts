import { expect, test } from 'vitest';
import { spellingVariants } from './spelling-variants.ts';

test.each([
  ['акна', 'окна'],
  ['пеанино', 'пианино'],
  ['телифон', 'телефон'],
  ['жолтый', 'желтый'],
  ['помещаеться', 'помещается'],
  ['програме', 'программе'],
  ['ванная', 'ваная'],
  ['росада', 'рассада'],
  ['подерживающяя', 'поддерживающая'],
  ['лошка', 'ложка'],
])('„%s“ may be meant for „%s“', (written, meant) => {
  expect(spellingVariants(written)).toContain(meant);
});

test('a word is no variant of itself, and none comes twice', () => {
  const variants = spellingVariants('поддерживающая');
  expect(variants).not.toContain('поддерживающая');
  expect(new Set(variants).size).toBe(variants.length);
});

test('short words, long ones, numbers and other scripts have none', () => {
  for (const word of ['кот', 'электрооборудование', '1108', 'iphone', 'уаз3163']) {
    expect(spellingVariants(word)).toEqual([]);
  }
});

test('they stay few enough to look up', () => {
  expect(spellingVariants('соковыжималка').length).toBeLessThan(150);
});
