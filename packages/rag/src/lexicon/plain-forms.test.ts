import { expect, test } from 'vitest';
import { plainForms } from './plain-forms.ts';

test.each([
  ['сеточка', 'сетка'],
  ['лампочку', 'лампу'],
  ['кубик', 'куб'],
  ['часика', 'часа'],
  ['диванчики', 'дивани'],
  ['дорожка', 'дорога'],
  ['березка', 'береза'],
  ['новенькая', 'новый'],
  ['хлебушек', 'хлеб'],
  ['подешевле', 'дешевле'],
])('„%s“ may be „%s“', (word, plain) => {
  expect(plainForms(word)).toContain(plain);
});

test.each(['куб', 'плитка', 'поле', 'iphone'])('„%s“ is as plain as it gets', (word) => {
  expect(plainForms(word)).toEqual([]);
});
