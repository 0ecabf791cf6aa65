import { describe, expect, test } from 'vitest';
import { reportKnowledge } from './knowledge-report.ts';

type Text = {
  key?: string;
  position?: number;
  heading?: string;
  text: string;
  question?: string;
  itemId?: number;
};

const report = (texts: readonly Text[], limit?: number, budgetMs?: number) => {
  const all = texts.map(
    ({ key = 'a', position, heading = 'Магазин', text, question = null, itemId = null }, index) => ({
      chunkId: index + 1,
      sourceKey: key,
      title: 'Магазин',
      position: position ?? index + 1,
      heading,
      question,
      content: text,
      itemId,
    }),
  );
  const listAll = async ({ limit: size, afterId = 0 }: { limit: number; afterId?: number | undefined }) =>
    all.filter(({ chunkId }) => chunkId > afterId).slice(0, size);
  return reportKnowledge({ chunks: { listAll } }, { accountId: 1, limit, budgetMs });
};

const long =
  'Доставляем по всей России транспортной компанией за счёт покупателя, а по Москве курьером в день заказа или на следующий';

describe('near duplicates', () => {
  test('are shown with both places', async () => {
    const { duplicates, chunks } = await report([
      { key: 'a.md', text: `${long}.` },
      { key: 'b.md', text: `${long.toUpperCase()}!` },
      { key: 'c.md', text: 'Гарантия на телефоны шесть месяцев, на аксессуары один месяц, чек прилагается.' },
    ]);
    expect(chunks).toBe(3);
    expect(duplicates).toHaveLength(1);
    expect(duplicates[0]?.places.map(({ sourceKey }) => sourceKey)).toEqual(['a.md', 'b.md']);
  });

  test('are none where a word makes the difference of a text, or the listings differ', async () => {
    const { duplicates } = await report([
      { text: long, itemId: 1 },
      { text: long, itemId: 2 },
      { text: 'Чехол синий для iPhone 13, силикон' },
      { text: 'Чехол красный для iPhone 14, силикон' },
    ]);
    expect(duplicates).toEqual([]);
  });

  test('by the thousand are cut off, and it is said', async () => {
    const started = Array.from({ length: 3_000 }, () => ({ text: long }));
    const { duplicates, isCut } = await report(started, 10);
    expect(duplicates).toHaveLength(10);
    expect(isCut).toBe(true);
  });
});

describe('contradicting values', () => {
  const valuesOf = async (...texts: Text[]) =>
    (await report(texts)).contradictions.map(({ kind, places }) => [
      kind,
      ...places.map(({ value }) => value),
    ]);

  test.each([
    ['Доставка по Москве стоит 390 рублей.', 'Стоимость доставки по Москве — 490 ₽.', 'price'],
    ['Магазин работает с 10 до 19.', 'Магазин работает с 9:00 до 19:00.', 'hours'],
    ['Доставка в Казань занимает 2 дня.', 'Доставка в Казань занимает 3–5 дней.', 'days'],
    ['Гарантия на телефоны 6 месяцев.', 'Гарантия на телефоны — 12 месяцев', 'months'],
    ['Скидка постоянным покупателям 5 %.', 'Скидка постоянным покупателям 10%.', 'percent'],
    ['Гарантия на насосы — 2 года.', 'Гарантия на насосы 1 год.', 'months'],
    ['Гарантия на насосы — 2 года.', 'Гарантия на насосы — 18 месяцев.', 'months'],
    ['Мебель на заказ делаем за 2 недели.', 'Мебель на заказ делаем за 21 день.', 'days'],
    ['Самовывоз заказа готов через 2 часа.', 'Самовывоз заказа готов через 30 минут.', 'minutes'],
    ['Замер кухни длится 40 минут.', 'Замер кухни занимает 1 час.', 'minutes'],
    [
      'Услуга: Установка насоса; Цена: 3 500 ₽; Время: 2 часа',
      'Установка насоса стоит 4 000 рублей.',
      'price',
    ],
  ])('„%s“ and „%s“', async (one, other, kind) => {
    const found = await valuesOf({ key: 'a', text: one }, { key: 'b', text: other });
    expect(found.map(([first]) => first)).toEqual([kind]);
  });

  test.each([
    ['the same in another way', 'iPhone 13 стоит 42 990 руб.', 'iPhone 13 стоит 42990 ₽.'],
    ['the same hours', 'Магазин работает с 10 до 19.', 'Магазин работает 10:00–19:00.'],
    ['another model', 'iPhone 13 128 ГБ стоит 42 990 ₽.', 'iPhone 14 128 ГБ стоит 52 990 ₽.'],
    ['another day', 'В субботу магазин работает с 10 до 19.', 'В воскресенье магазин работает с 11 до 17.'],
    [
      'another row of a table',
      'Город: Казань; Срок: 2 дня; Стоимость: 520 ₽',
      'Город: Уфа; Срок: 4 дня; Стоимость: 690 ₽',
    ],
    ['another town', 'Срок доставки курьером в Казань 2 дня.', 'Срок доставки курьером в Уфу 4 дня.'],
    [
      'the other side of a bound',
      'Услуга: Замена молнии на сапогах (до 40 см); Цена: 1 200 руб.; Срок: 1–2 дня',
      'Услуга: Замена молнии на сапогах (свыше 40 см); Цена: 1 500 руб.; Срок: 1–2 дня',
    ],
    [
      'the other side of a bound in a sentence',
      'Доставка заказов от 30 кг по городу стоит 900 ₽.',
      'Доставка заказов менее 30 кг по городу стоит 500 ₽.',
    ],
    ['the same warranty', 'Гарантия на насосы — 1 год.', 'Гарантия на насосы — 12 месяцев.'],
    ['the same weeks', 'Мебель на заказ делаем за 2 недели.', 'Мебель на заказ делаем за 14 дней.'],
    ['the same time', 'Замер кухни длится 1 час 30 минут.', 'Замер кухни занимает 1,5 часа.'],
    ['another length', 'Массаж спины 30 минут стоит 1 200 ₽.', 'Массаж спины 1 час стоит 2 000 ₽.'],
    ['another age', 'Детям до 3 лет билет стоит 100 ₽.', 'Детям до 7 лет билет стоит 200 ₽.'],
    ['a year of the calendar', 'Чиним насосы с 2009 года.', 'Чиним насосы с 2015 года.'],
    ['another subject', 'Доставка по Москве стоит 390 ₽.', 'Чехол силиконовый стоит 590 ₽.'],
  ])('%s is none', async (_, one, other) => {
    expect(await valuesOf({ key: 'a', text: one }, { key: 'b', text: other })).toEqual([]);
  });

  test('on the same side of a bound are such, in whatever word it stands', async () => {
    const of = (bound: string, price: number) => ({
      text: `Доставка заказов ${bound} 30 кг стоит ${price} ₽.`,
    });
    expect(await valuesOf(of('свыше', 900), of('от', 950))).toEqual([['price', '900', '950']]);
    expect(await valuesOf(of('не более', 900), of('до', 950))).toEqual([['price', '900', '950']]);
  });

  test('under headings of two towns are none, under the same heading they are', async () => {
    const under = (town: string, price: number) => ({
      heading: `Магазин > Доставка > ${town}`,
      text: `Курьерская доставка до двери — ${price} ₽. Стоимость: ${price} ₽.`,
    });
    expect(await valuesOf(under('Москва', 390), under('Казань', 490))).toEqual([]);
    expect(await valuesOf(under('Москва', 390), under('Москва', 490))).toEqual([
      ['price', '390', '490'],
      ['price', '390', '490'],
    ]);
  });

  test('of what the sentence before names are none where that differs', async () => {
    const of = (name: string, price: number) => ({
      heading: 'Каталог > Котлы «Тайга»',
      text: `${name} котёл для дома. Цена ${price} рублей, гарантия 13 месяцев.`,
    });
    expect(await valuesOf(of('Настенный', 20_137), of('Напольный пеллетный', 41_148))).toEqual([]);
    expect(await valuesOf(of('Модель К-10,', 20_137), of('Модель К-11,', 20_148))).toEqual([]);
    expect(await valuesOf(of('Модель К-10,', 20_137), of('Модель К-10,', 20_148))).toHaveLength(1);
  });

  test('in answers are such to one question only', async () => {
    const answer = (question: string, price: number) => ({ question, text: `${price} рублей в день` });
    expect(
      await valuesOf(
        answer('Сколько стоит прокат лыж?', 700),
        answer('Сколько стоит прокат сноуборда?', 900),
      ),
    ).toEqual([]);
    expect(
      await valuesOf(answer('Сколько стоит прокат лыж?', 700), answer('Почём у вас прокат лыж?', 900)),
    ).toEqual([['price', '700', '900']]);
    const under = (sheet: string, price: number) => ({
      ...answer('Сколько стоит прокат лыж?', price),
      heading: `Магазин > ${sheet}`,
    });
    expect(await valuesOf(under('Казань', 700), under('Самара', 900))).toEqual([]);
    expect(await valuesOf(under('Лыжи, Казань', 700), under('Казань', 900))).toHaveLength(1);
    expect(
      await valuesOf(
        { question: 'Какой залог?', text: 'Залог за комплект 4 000 ₽' },
        { text: 'Залог за комплект 5000 рублей.' },
      ),
    ).toEqual([['price', '4000', '5000']]);
  });

  test('are found under headings that name nothing but the kind of the value', async () => {
    expect(
      await valuesOf(
        { heading: 'Магазин > Часы', text: 'Мы открыты по будням с 10 до 20.' },
        { heading: 'Магазин > Время работы', text: 'Открыты по будням с 9:00 до 20:00.' },
      ),
    ).toEqual([['hours', '10–20', '9–20']]);
  });

  test('of two listings are none, of a listing and the shop they are', async () => {
    const text = (price: number) => `Цена велосипеда горного ${price} рублей.`;
    expect(await valuesOf({ text: text(1), itemId: 1 }, { text: text(2), itemId: 2 })).toEqual([]);
    expect(await valuesOf({ text: text(1), itemId: 1 }, { text: text(2) })).toEqual([['price', '1', '2']]);
  });
});

test('the findings do not depend on which document was written first', async () => {
  const words = (count: number) => Array.from({ length: count }, (_, at) => `слово${at}`).join(' ');
  const texts = ['d.md', 'b.md', 'a.md', 'c.md'].flatMap((key) =>
    [2, 1].flatMap((position) => [
      {
        key,
        position,
        text: `Доставка по Москве стоит ${position}${key.charCodeAt(0)} рублей. ${words(20)}`,
      },
    ]),
  );
  const [written, otherwise] = [await report(texts, 5), await report(texts.toReversed(), 5)];
  expect(written.duplicates).toHaveLength(5);
  expect(written.contradictions).toHaveLength(5);
  expect(otherwise).toEqual(written);
  expect(written.contradictions[0]?.places.map(({ sourceKey }) => sourceKey)).toEqual(['a.md', 'a.md']);
});

test('when the time is up, it says that there is more, and others had their turn meanwhile', async () => {
  const texts = Array.from({ length: 3_000 }, (_, index) => ({ text: `${long} ${index}.` }));
  let turns = 0;
  const counter = setInterval(() => (turns += 1), 1);
  const { isComplete, chunks } = await report(texts, 10, 0);
  clearInterval(counter);
  expect(isComplete).toBe(false);
  expect(chunks).toBe(500);
  expect((await report(texts.slice(0, 600), 10)).isComplete).toBe(true);
  expect(turns).toBeGreaterThan(0);
});

test('a pair whose answer is a row of digits, or of prices, without end is reported at once', async () => {
  const { contradictions, chunks } = await report([
    { key: 'a.csv', question: 'Сколько стоит доставка в Казань?', text: `490 ₽ ${'1'.repeat(300_000)}` },
    { key: 'b.csv', question: 'Сколько стоит доставка в Казань?', text: '5 ₽ '.repeat(50_000) },
  ]);
  expect(chunks).toBe(2);
  expect(contradictions.length).toBeLessThanOrEqual(1);
});
