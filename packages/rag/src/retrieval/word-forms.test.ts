import { expect, test } from 'vitest';
import { otherForms } from './word-forms.ts';

test.each([
  ['кошкой', 'кошек'],
  ['кошек', 'кошка'],
  ['скидок', 'скидка'],
  ['болгарка', 'болгарок'],
  ['чехлы', 'чехол'],
  ['чехол', 'чехла'],
  ['щенки', 'щенок'],
  ['окна', 'окон'],
  ['ноготь', 'ногта'],
  ['перец', 'перца'],
  ['копеек', 'копейка'],
  ['орхидея', 'орхидеи'],
  ['орхидеи', 'орхидея'],
])('„%s“ is looked up as „%s“ too, which the stemmer takes for another word', (word, form) => {
  expect(otherForms(word)).toContain(form);
});

test('most words have no such form', () => {
  for (const word of ['доставка1', 'iphone', 'по', 'дом', '128']) expect(otherForms(word)).toEqual([]);
});
