import { describe, expect, test } from 'vitest';
import { parseText } from './parse-text.ts';

const plain = (text: string) => parseText({ key: 'a.txt', kind: 'text', name: 'файл', text }).sections;
const pairs = (text: string) => parseText({ key: 'a.csv', kind: 'pairs', name: 'вопросы', text }).pairs;

describe('CSV pairs', () => {
  test.each([
    ['commas', 'question,answer\n"Есть чек, да?","Да, ""кассовый"""\n'],
    ['tabs', 'question\tanswer\nЕсть чек, да?\t"Да, ""кассовый"""\n'],
    ['what Excel writes first', 'sep=;\n"Вопрос";"Ответ"\nЕсть чек, да?;"Да, ""кассовый"""'],
    ['a title above', '\n\nВопросы, ответы;;\n;;\n№;Вопрос;Ответ\n1;Есть чек, да?;"Да, ""кассовый"""'],
    ['semicolons and Russian names', 'Вопрос;Ответ;Автор\nЕсть чек, да?;"Да, ""кассовый""";Анна\n'],
  ])('are read with %s', (_, text) => {
    expect(pairs(text)).toEqual([{ question: 'Есть чек, да?', answer: 'Да, "кассовый"' }]);
  });

  test('rows without a question or an answer are left out, and named by the line that they begin in', () => {
    const text = 'question,answer\n,"x\nx"\n\ny,\n,\nz,ответ\n"а\nб", ';
    expect(parseText({ key: 'a.csv', kind: 'pairs', name: 'вопросы', text })).toMatchObject({
      pairs: [{ question: 'z', answer: 'ответ' }],
      incomplete: [
        { at: 'line 2', missing: 'question' },
        { at: 'line 5', missing: 'answer' },
        { at: 'line 8', missing: 'answer' },
      ],
    });
  });

  test('a table of something else is refused', () => {
    expect(() => pairs('name,price\nчехол,590')).toThrow(
      expect.objectContaining({ code: 'knowledge.bad-csv' }),
    );
  });
});

test('a table with a quotation mark left open says in which row', () => {
  expect(() => pairs('вопрос;ответ\nЕсть чек?;Да\nГде вы?;"В Казани\nКогда?;Завтра\n')).toThrow(
    expect.objectContaining({
      code: 'knowledge.bad-csv',
      message: expect.stringContaining('row 3 opens a quotation mark that is never closed'),
    }),
  );
});

describe('JSON pairs', () => {
  test.each([
    ['a list', '[{"question":"Есть чек?","answer":"Да"},{"question":"x"}]'],
    ['a list with Russian names', '[{"Вопрос":"Есть чек?","Ответ":"Да","автор":"Анна"}]'],
    ['a list under a name', '{"pairs":[{"question":"Есть чек?","answer":"Да"}]}'],
    ['lists by subject', '{"version":1,"topics":[{"name":"Оплата","faq":[{"q":"Есть чек?","a":"Да"}]}]}'],
    ['names that are questions', '{"Оплата":{"Есть чек?":"Да"}}'],
  ])('are read from %s', (_, text) => {
    expect(pairs(text)).toEqual([{ question: 'Есть чек?', answer: 'Да' }]);
  });

  test('name what they lack by its place, and take a number for a text', () => {
    const text = '[{"question":"Цена?","answer":490},{"question":"x"},{"answer":"y"},{}]';
    expect(parseText({ key: 'a.json', kind: 'pairs', name: 'вопросы', text })).toMatchObject({
      pairs: [{ question: 'Цена?', answer: '490' }],
      incomplete: [
        { at: 'entry 2', missing: 'answer' },
        { at: 'entry 3', missing: 'question' },
      ],
    });
  });

  test('broken JSON says where', () => {
    expect(() => pairs('[\n{"question": "Есть чек?" "answer": "Да"}]')).toThrow(
      expect.objectContaining({
        code: 'knowledge.broken-json',
        message: 'the JSON is broken in line 2, column 26',
      }),
    );
  });

  test.each(['[{"name":"чехол"}]', '{"a":1}', '[]'])('%s is refused', (text) => {
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
