import { expect, test } from 'vitest';
import { readInCyrillic } from './read-in-cyrillic.ts';

test.each([
  ['cgfkmybr gb[nf wtyf', 'спальник пихта цена'],
  ['ghbvthbnm vj;yj?', 'примерить можно?'],
  ['Crjkmrj cnjbn?', 'сколько стоит?'],
  ['ljcnfdrf tcnm, j,vty', 'доставка есть, обмен'],
])('„%s“ was typed with the keyboard switched to Latin: „%s“', (typed, meant) => {
  expect(readInCyrillic(typed)).toBe(meant);
});

test.each([
  ['dostavka v drugie goroda est', 'доставка в другие города есть'],
  ['adres magazina', 'адрес магазина'],
  ['Zdravstvuyte, skolko stoit?', 'здравствуйте, сколько стоит?'],
  ['kakoy razmer', 'какой размер'],
  ['skidka est na iphone 13?', 'скидка есть на iphone 13?'],
])('„%s“ is Russian in Latin letters: „%s“', (typed, meant) => {
  expect(readInCyrillic(typed)).toBe(meant);
});

test.each([
  'iphone 13 pro max',
  'rtx 4060',
  'Bosch GSR 120-LI',
  'ps5 slim',
  'hello, is it available?',
  'https://avito.ru/items/1',
  'сколько стоит iphone',
  '',
])('„%s“ stays as it is', (text) => {
  expect(readInCyrillic(text)).toBe(text);
});

test('a long text costs no more than a question', () => {
  const pasted = ['a'.repeat(4_000), 'lorem ipsum '.repeat(300), `${'shchyu'.repeat(4)} `.repeat(30)];
  const start = performance.now();
  for (const text of pasted) readInCyrillic(text);
  expect(performance.now() - start).toBeLessThan(2_000);
});
