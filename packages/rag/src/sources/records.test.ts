import { describe, expect, test } from 'vitest';
import { textsOfHtml } from './html.ts';
import { parseRecords } from './records.ts';

const read = (text: string) => parseRecords({ name: 'вопросы', text, readHtml: textsOfHtml });
const pairs = (text: string) => read(text).pairs;
const rows = (text: string) => read(text).sections.flatMap(({ blocks }) => blocks);

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
    expect(read(text)).toMatchObject({
      pairs: [{ question: 'z', answer: 'ответ' }],
      incomplete: [
        { at: 'line 2', missing: 'question' },
        { at: 'line 5', missing: 'answer' },
        { at: 'line 8', missing: 'answer' },
      ],
    });
  });
});

test('a table with a quotation mark left open says in which line', () => {
  expect(() => pairs('вопрос;ответ\nЕсть чек?;Да\nГде вы?;"В Казани\nКогда?;Завтра\n')).toThrow(
    expect.objectContaining({
      code: 'knowledge.broken-csv',
      message: expect.stringContaining(
        'the row of line 3 holds a quotation mark that is opened and never closed',
      ),
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
    expect(read(text)).toMatchObject({
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

  test.each(['[{"name":{"ru":"чехол"}}]', '{"a":1}', '[]', '[1,2]'])('%s is refused', (text) => {
    expect(() => pairs(text)).toThrow(expect.objectContaining({ code: 'knowledge.bad-json' }));
  });
});

describe('a table without questions', () => {
  const expected = [
    'Товар: Чехол, чёрный; Цена: 590,50; Наличие: есть',
    'Товар: Стекло; Цена: 390; Наличие: нет',
  ];

  test.each([
    ['semicolons and decimal commas', 'Товар;Цена;Наличие\nЧехол, чёрный;590,50;есть\nСтекло;390;нет\n'],
    ['commas and quotes', 'Товар,Цена,Наличие\n"Чехол, чёрный","590,50",есть\nСтекло,390,нет\n'],
    ['tabs', 'Товар\tЦена\tНаличие\nЧехол, чёрный\t590,50\tесть\nСтекло\t390\tнет'],
    ['bars', 'Товар|Цена|Наличие\nЧехол, чёрный|590,50|есть\nСтекло|390|нет'],
    ['what Excel writes first', 'sep=;\nТовар;Цена;Наличие\nЧехол, чёрный;590,50;есть\nСтекло;390;нет'],
    ['line breaks in cells', 'Товар;Цена;Наличие\n"Чехол,\nчёрный";590,50;есть\nСтекло;390;нет'],
    [
      'empty rows and columns',
      ';;;;\nТовар;;Цена;Наличие;\n;;;;\nЧехол, чёрный;;590,50;есть;\nСтекло;;390;нет;\n;;',
    ],
    [
      'a header that stands again',
      'Товар;Цена;Наличие\nЧехол, чёрный;590,50;есть\nТовар;Цена;Наличие\nСтекло;390;нет',
    ],
    ['numbered columns', 'Товар;Цена;Наличие\n1;2;3\nЧехол, чёрный;590,50;есть\nСтекло;390;нет'],
  ])('is told row by row with %s', (_, text) => {
    expect(rows(text)).toEqual(expected);
  });

  test('may have its title above, with what belongs to it', () => {
    expect(rows('Прайс-лист;;от 01.11.2026\nИП Иванов\n\nТовар;Цена;Наличие\nЧехол;590;есть')).toEqual([
      'Прайс-лист от 01.11.2026',
      'ИП Иванов',
      'Товар: Чехол; Цена: 590; Наличие: есть',
    ]);
  });

  test('names the group with every row of it', () => {
    expect(
      rows(
        'Услуга;Цена\nМужской зал;\nСтрижка;500\nЖенский зал\nСтрижка;900\n* без окраски;\nУкладка;700\nМаникюр;\nГель;1200\nИтого;3300',
      ),
    ).toEqual([
      'Мужской зал; Услуга: Стрижка; Цена: 500',
      'Женский зал; Услуга: Стрижка; Цена: 900',
      '* без окраски',
      'Услуга: Укладка; Цена: 700',
      'Маникюр; Услуга: Гель; Цена: 1200',
      'Услуга: Итого; Цена: 3300',
    ]);
  });

  test('has a header of two rows, and codes as Excel keeps them', () => {
    expect(rows('Код;Товар;Цена;;Вес, г\n;;розница;опт;\n="007";Фен;5990;4490;650')).toEqual([
      'Код: 007; Товар: Фен; Цена розница: 5990; Цена опт: 4490; Вес: 650 г',
    ]);
  });

  test('without a header says what its cells say', () => {
    expect(rows('Чехол;590;есть\nСтекло;390;нет')).toEqual(['Чехол; 590; есть', 'Стекло; 390; нет']);
    expect(rows('Гарантия;6 месяцев\nВозврат;14 дней')).toEqual(['Гарантия: 6 месяцев', 'Возврат: 14 дней']);
  });

  test.each([
    [
      'a number first',
      'Телефон;89123456789\nАдрес;Лермонтова, 5',
      ['Телефон: 89123456789', 'Адрес: Лермонтова, 5'],
    ],
    [
      'a value more',
      'Часы;9–21\nАдрес;Лермонтова, 5;вход с торца',
      ['Часы: 9–21', 'Адрес: Лермонтова, 5; вход с торца'],
    ],
    [
      'a fact without a value',
      'Адрес;Лермонтова, 5\nФакс;\nЧасы;9–21',
      ['Адрес: Лермонтова, 5', 'Факс', 'Часы: 9–21'],
    ],
    [
      'no facts that are known',
      'Чехол;590\nДоставка;бесплатно\nПримерка;есть',
      ['Чехол: 590', 'Доставка: бесплатно', 'Примерка: есть'],
    ],
  ])('without a header and with %s tells names with their values', (_, text, blocks) => {
    expect(read(text)).toMatchObject({ sections: [{ blocks }], ragged: [] });
  });

  test('of names of columns alone says nothing', () => {
    expect(read('Товар;Цена\n')).toMatchObject({ sections: [] });
    expect(read('Прайс;\nТовар;Цена')).toMatchObject({ sections: [{ blocks: ['Прайс'] }] });
  });

  test('may have nothing in the corner of its header', () => {
    expect(read(';Казань;Самара\nАдрес;Баумана, 7;Мира, 2\nЧасы;с девяти;с десяти')).toMatchObject({
      sections: [
        {
          blocks: ['Адрес; Казань: Баумана, 7; Самара: Мира, 2', 'Часы; Казань: с девяти; Самара: с десяти'],
        },
      ],
    });
  });

  test('leaves out a row with more cells than there are columns, and names its line', () => {
    const text = 'Прайс, ноябрь\nТовар,Цена,Склад\n"Чехол\nчёрный",590,1\nСтекло,390,50,2\nКабель,150,,\n';
    expect(read(text)).toMatchObject({
      sections: [
        { blocks: ['Прайс ноябрь', 'Товар: Чехол чёрный; Цена: 590; Склад: 1', 'Товар: Кабель; Цена: 150'] },
      ],
      ragged: [{ line: 5, cells: 4, columns: 3 }],
    });
  });

  test('a long row stands under its own name', () => {
    const about = (color: string) =>
      `Цвет ${color}. ${'Состояние как нового, полный комплект. '.repeat(10)}`.trim();
    const text = `Id;Category;Title;Price;Description\n7;Apple;iPhone 13;42990;${about('синий')}\n8;Смартфоны;iPhone 14;52990;${about('белый')}`;
    expect(read(text).sections).toMatchObject([
      { headings: ['iPhone 13'], blocks: [expect.stringContaining('Цвет синий')] },
      { headings: ['iPhone 14'], blocks: [expect.stringContaining('Цвет белый')] },
    ]);
  });

  test('says what a cell of HTML says', () => {
    expect(rows('Товар;Описание\nЧехол;"<p>Кожа.</p><ul><li>чёрный</li><li>белый</li></ul>"')).toEqual([
      'Товар: Чехол; Описание: Кожа. – чёрный – белый',
    ]);
  });

  test.each([';;\n\n,,', 'Товар,Цена\nЧехол,590,50\nСтекло,390,50'])(
    'of nothing that can be read has no rows',
    (text) => {
      expect(rows(text)).toEqual([]);
    },
  );

  test('may have more columns than a page shows', () => {
    const names = Array.from({ length: 120 }, (_, column) => `Поле${column + 1}а`);
    const values = names.map((name) => `значение ${name}`);
    expect(rows(`${names.join(';')}\n${values.join(';')}`).join()).toContain('Поле120а: значение Поле120а');
  });

  test('is a list of flat JSON records, too', () => {
    const text =
      '[{"товар":"Чехол","цена":590,"цвета":["чёрный","белый"],"есть":true},{"товар":"Стекло","скидка":null,"есть":false}]';
    expect(rows(text)).toEqual([
      'товар: Чехол; цена: 590; цвета: чёрный, белый; есть: да',
      'товар: Стекло; есть: нет',
    ]);
  });
});
