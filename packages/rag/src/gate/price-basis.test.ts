import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';

const grounds = [
  'Диски\nПравка литого диска — от 1 200 ₽ за штуку. Покраска дисков 2 500 ₽.',
  'Веники\nВеник берёзовый — 250 ₽, дубовый — 350 ₽.',
  'Прокат\nБур — 50 ₽, пика — 100 ₽ в сутки. Набор ключей — 300 ₽ за набор.',
  'Розы\nРоза 60 см — 180 ₽ за штуку, 25 роз — 4 000 ₽.',
];
const problems = (answer: string) =>
  checkAnswer({ question: 'Почём?', answer, grounds }).problems.map(({ kind }) => kind);

describe('a price of one is no price of several', () => {
  test.each([
    'Правка литого диска — 1 200 ₽ за комплект.',
    'Дубовый веник — 350 ₽ за пару.',
    'Веники дубовые — 350 рублей за десяток.',
    'Берёзовый веник — 250 ₽ за оба.',
    'Пика — 100 ₽ за набор.',
    'Роза 60 см — 180 ₽ за упаковку.',
    'Роза 60 см — 180 ₽ за всё.',
    'Пика — 100 ₽ за человека.',
  ])('%s', (answer) => {
    expect(problems(answer)).toContain('misplaced');
  });

  test.each([
    'Правка литого диска — от 1 200 ₽ за штуку.',
    'Дубовый веник — 350 ₽ за штуку.',
    'Набор ключей — 300 ₽ за набор.',
    'Роза 60 см — 180 ₽ за одну штуку.',
    'Покраска дисков 2 500 ₽ за комплект.',
  ])('and passes as the sources count: %s', (answer) => {
    expect(problems(answer)).toEqual([]);
  });
});
