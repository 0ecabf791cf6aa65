import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';

const grounds = [
  'Грузчики\nПереезды по Твери от 900 ₽ в час. В другие города не возим. Пианино не носим. Упаковку привозим с собой.',
  'Дом\nДом на 8 гостей с печью и сауной. С животными не пускаем. Бельё выдаём. Печку топим сами.',
  'Вопросы\nВопрос: Можно ли остаться ночевать?\nНочлега нет, закрываемся в полночь.',
  'Торты\nШары отдельно от торта не доставляем. Торты доставляем по городу за 300 ₽.',
  'Оплата\nПринимаем наличные и карты. Рассрочки нет. Чек выдаём.',
];
const problems = (question: string, answer: string) => checkAnswer({ question, answer, grounds }).problems;

describe('a bare „да“ to what the sources deny in other words is stopped', () => {
  test.each([
    ['в Москву отвезёте?', 'Да, конечно!'],
    ['в Москву отвезёте?', 'Да, отвезём.'],
    ['а с собачкой можно?', 'Да, конечно, приезжайте!'],
    ['можно с ночёвкой?', 'Да, без проблем.'],
    ['шарики без торта привезёте?', 'Да, с удовольствием привезём!'],
    ['частями можно оплатить?', 'Да, можно.'],
  ])('%s – %s', (question, answer) => {
    expect(problems(question, answer)).toContainEqual(expect.objectContaining({ kind: 'denial' }));
  });

  test('nor may it affirm a thing that no source has a word of', () => {
    expect(problems('фикус есть?', 'Да, конечно! Какой вас интересует?')).toMatchObject([{ kind: 'denial' }]);
  });

  test.each([
    ['картой можно?', 'Да, конечно!'],
    ['чек дадите?', 'Да.'],
    ['торт привезёте?', 'Да, привезём.'],
    ['бельё есть?', 'Да, конечно, есть! На сколько гостей?'],
    ['упаковка ваша?', 'Да.'],
  ])('what they affirm passes: %s – %s', (question, answer) => {
    expect(problems(question, answer)).toEqual([]);
  });
});
