import { describe, expect, test } from 'vitest';
import { parseText } from './parse-text.ts';

const plain = (text: string) => parseText({ key: 'a.txt', kind: 'text', name: 'файл', text }).sections;
const pairs = (text: string) => parseText({ key: 'a.csv', kind: 'pairs', name: 'вопросы', text }).pairs;

describe('CSV pairs', () => {
  test.each([
    ['commas', 'question,answer\n"Есть чек, да?","Да, ""кассовый"""\n'],
    ['semicolons and Russian names', 'Вопрос;Ответ;Автор\nЕсть чек, да?;"Да, ""кассовый""";Анна\n'],
  ])('are read with %s', (_, text) => {
    expect(pairs(text)).toEqual([{ question: 'Есть чек, да?', answer: 'Да, "кассовый"' }]);
  });

  test('rows without a question or an answer are left out', () => {
    expect(pairs('question,answer\n,x\ny,\nz,ответ')).toEqual([{ question: 'z', answer: 'ответ' }]);
  });

  test('a table of something else is refused', () => {
    expect(() => pairs('name,price\nчехол,590')).toThrow(
      expect.objectContaining({ code: 'knowledge.bad-csv' }),
    );
  });
});

describe('JSON pairs', () => {
  test.each([
    ['a list', '[{"question":"Есть чек?","answer":"Да"},{"question":"x"}]'],
    ['a list with Russian names', '[{"Вопрос":"Есть чек?","Ответ":"Да","автор":"Анна"}]'],
    ['a list under a name', '{"pairs":[{"question":"Есть чек?","answer":"Да"}]}'],
  ])('are read from %s', (_, text) => {
    expect(pairs(text)).toEqual([{ question: 'Есть чек?', answer: 'Да' }]);
  });

  test.each(['[{"name":"чехол"}]', '{"a":1}', '[1,', '[]'])('%s is refused', (text) => {
    expect(() => pairs(text)).toThrow(expect.objectContaining({ code: 'knowledge.bad-json' }));
  });
});

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
