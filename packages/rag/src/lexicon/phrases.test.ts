import { expect, test } from 'vitest';
import { foldedWords } from '../text/normalize.ts';
import { phraseMeanings } from './phrases.ts';

const meaningOf = (question: string) => Object.fromEntries(phraseMeanings(foldedWords(question)));

test.each([
  ['где вы принимаете', 'принимаете', 'адрес'],
  ['куда подъехать глянуть', 'подъехать', 'адрес'],
  ['вы до скольки сегодня работаете?', 'работаете', 'график'],
  ['а если не подойдёт', 'подойдет', 'возврат'],
  ['если через месяц сломается', 'сломается', 'гарантия'],
  ['к вам с собакой можно', 'собакой', 'животные'],
  ['деньги вперёд?', 'вперед', 'предоплата'],
])('in „%s“ the word „%s“ means „%s“', (question, word, meaning) => {
  expect(meaningOf(question)[word]).toContain(meaning);
});

test.each(['принимаете карты?', 'подойдёт к макбуку?', 'собака лает', ''])(
  '„%s“ means what it says',
  (question) => {
    expect(meaningOf(question)).toEqual({});
  },
);
