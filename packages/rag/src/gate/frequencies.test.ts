import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';

const grounds = [
  'Собаки\nВыгул три раза в день. Фото присылаем каждый вечер. Воду меняем ежедневно.',
  'Фильтры\nФильтр меняйте раз в 2 месяца. Мастер приезжает раз в 6 недель. Аренда 700 ₽ в месяц.',
  'Часы\nЕжедневно с 9:00 до 21:00.',
];
const kinds = (answer: string) =>
  checkAnswer({ question: 'Расскажите подробнее', answer, grounds }).problems.map(({ kind }) => kind);

describe('how often something is done is said by a source', () => {
  test.each([
    'Бассейн чистим раз в неделю.',
    'Фото присылаем каждый час.',
    'Фильтр меняйте ежемесячно.',
    'Выгул дважды в день.',
    'Поставки свежих цветов каждый день.',
    'Мастер приезжает каждые 2 недели.',
  ])('%s', (answer) => {
    expect(kinds(answer)).not.toEqual([]);
  });

  test.each([
    'Выгуливаем собак 3 раза в день.',
    'Каждый вечер присылаем фото.',
    'Фильтр нужно менять раз в два месяца.',
    'Работаем каждый день с 9:00 до 21:00.',
    'Аренда 700 ₽ каждый месяц.',
  ])('in any words: %s', (answer) => {
    expect(kinds(answer)).toEqual([]);
  });
});
