import { describe, expect, test } from 'vitest';
import { foldedWords } from '../text/normalize.ts';
import { defaultLexicon } from './lexicon.ts';
import { namedThings } from './named-things.ts';
import { parseLexicon } from './parse-lexicon.ts';

describe('parseLexicon', () => {
  const { things, thingsOf } = parseLexicon([
    'достав/ка/им привез/ти\nчек=/а\nкот/ик > животные\n~ казан/ь самар/а > города',
    '\nпочт/а достав/ка',
  ]);

  test('a word of four letters or more is meant by all that begins with it, a shorter one by its forms', () => {
    expect(thingsOf('доставляете')).toEqual([0, 5]);
    expect(thingsOf('привезете')).toEqual([0]);
    expect(thingsOf('котик')).toEqual([2]);
    expect(thingsOf('котел')).toEqual([]);
  });

  test('a word that ends in = is meant by its forms alone', () => {
    expect(thingsOf('чека')).toEqual([1]);
    expect(thingsOf('чеканка')).toEqual([]);
  });

  test('the vowel at the end of a word does not matter', () => {
    expect(parseLexicon(['граница']).thingsOf('границей')).toEqual([0]);
  });

  test('a stem with endings is cut where it should be', () => {
    const { thingsOf: meantBy } = parseLexicon(['прода/жа/ете']);
    expect(meantBy('продаем')).toEqual([0]);
    expect(meantBy('продление')).toEqual([]);
  });

  test('kinds of one thing are things of their own, with the same hints', () => {
    expect(thingsOf('казани')).toEqual([3]);
    expect(thingsOf('самару')).toEqual([4]);
    expect(things[3]?.hints).toEqual(['города']);
    expect(things[4]?.hints).toEqual(['города']);
  });

  test('what hints and what answers are words of their own', () => {
    const [thing] = parseLexicon(['цвет/а > палитра >> чёрный']).things;
    expect(thing).toEqual({ words: ['цвет'], hints: ['палитра'], answers: ['черный'] });
    expect(parseLexicon(['цвет/а > палитра >> чёрный']).thingsOf('черный')).toEqual([]);
  });

  test('of forms that the stemmer makes one, one is looked up', () => {
    expect(parseLexicon(['завод/а/у/ом/ской']).things[0]?.words).toEqual(['завод', 'заводской']);
  });
});

test.each([
  ['подвинетесь', 'скидка'],
  ['двигло', 'мотор'],
  ['привезете', 'доставка'],
  ['нал', 'оплата'],
  ['налоп', 'получении'],
  ['тинькофф', 'перевод'],
  ['вацап', 'whatsapp'],
  ['придержите', 'бронь'],
  ['раскупили', 'наличии'],
  ['лояльности', 'скидка'],
  ['заворачиваете', 'упаковка'],
  ['минск', 'границу'],
  ['территориально', 'адрес'],
  ['припарковаться', 'стоянк'],
  ['передумаю', 'возврат'],
  ['жалоба', 'претензи'],
])('„%s“ and „%s“ are, by the lexicon, of one thing or hint at it', (word, other) => {
  const things = defaultLexicon.thingsOf(word).flatMap((index) => defaultLexicon.things[index] ?? []);
  expect(things.some(({ words, hints }) => words.includes(other) || hints.includes(other))).toBe(true);
});

// What a buyer asks in everyday verbs, and the seller's line that answers it.
test.each([
  ['а если разобью', 'Ущерб удерживаем из залога'],
  ['приболели', 'Отмена и перенос за сутки'],
  ['в багажник влезет', 'Габариты 90 на 60 см'],
  ['можно переночевать', 'Спальных мест четыре'],
  ['как до вас доберемся', 'Пять минут от метро'],
  ['сколько он протянет', 'Срок службы десять лет'],
  ['старый диван выкинете', 'Вывоз мусора бесплатный'],
  ['не обманете', 'Работаем по договору'],
  ['сверху ничего не накинете', 'Без доплат'],
  ['чем заразите', 'Инструмент проходит стерилизацию'],
  ['бухгалтерии бумажки', 'Чек выдаём'],
  ['присоветуйте', 'Рекомендуем новичкам'],
  ['зимой вымерзнет', 'Зимостойкий сорт'],
])('„%s“ is answered by „%s“, by the lexicon', (question, line) => {
  const told = foldedWords(line);
  const toldThings = namedThings(line);
  const isLinked = [...namedThings(question)].some((thing) => {
    const hints = defaultLexicon.things[thing]?.hints ?? [];
    return (
      toldThings.has(thing) || hints.some((hint) => told.some((word) => word.startsWith(hint.slice(0, -1))))
    );
  });
  expect(isLinked).toBe(true);
});

test.each([
  ['наличие', 'наличными'],
  ['обмен', 'меняется'],
  ['пенсионерам', 'многодетным'],
  ['открыты', 'открытка'],
  ['возврат', 'верно'],
  ['оплата', 'платье'],
  ['партия', 'партнёр'],
  ['почтой', 'почти'],
  ['доехать', 'добрый'],
  ['продажа', 'продление'],
  ['отмена', 'обмен'],
  ['телеграм', 'ватсап'],
  ['украшение', 'украдут'],
  ['программа', 'прогреется'],
  ['дорога', 'дорого'],
  ['помещение', 'поместится'],
  ['болт', 'болтается'],
  ['справка', 'справится'],
])('„%s“ and „%s“ are, by the lexicon, not of one thing', (word, other) => {
  const others = defaultLexicon.thingsOf(other.replaceAll('ё', 'е'));
  expect(defaultLexicon.thingsOf(word).filter((thing) => others.includes(thing))).toEqual([]);
});
