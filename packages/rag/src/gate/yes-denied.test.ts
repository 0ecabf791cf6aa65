import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';

const grounds = [
  'Ремонт > Что берём\nЧиним утюги, чайники и мультиварки. Технику «Витек» не берём. Микроволновки не ремонтируем.',
  'Пекарня > Хлеб\nХлеб ржаной и пшеничный. Бездрожжевой хлеб не печём. Хлеб без соли есть по пятницам.',
];
const problems = (question: string, answer: string) =>
  checkAnswer({ question, answer, grounds }).problems.map(({ kind, value }) => `${kind} ${value}`);

describe('whoever says yes says it of what was asked, whatever else he adds', () => {
  test.each([
    ['Витек примете? Очень надо', 'Да, приносите, технику примем.'],
    ['Микроволновку почините?', 'Да, приезжайте, мастер починит.'],
    ['Хлеб без дрожжей печёте?', 'Да, такой хлеб испечём.'],
  ])('%s – %s', (question, answer) => {
    expect(problems(question, answer)).not.toEqual([]);
  });

  test.each([
    ['Утюг примете?', 'Да, приносите, утюги чиним.'],
    ['Хлеб без соли есть?', 'Да, хлеб без соли есть по пятницам.'],
    ['Витек не берёте?', 'Да, технику «Витек» не берём.'],
  ])('%s – %s', (question, answer) => {
    expect(problems(question, answer)).toEqual([]);
  });
});
