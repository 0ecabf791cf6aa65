import { expect, test } from 'vitest';
import { scheduleIn, unknownSchedule } from './schedule.ts';

const unknown = (claimed: string, known: string) => unknownSchedule(scheduleIn(claimed), scheduleIn(known));

test.each([
  ['В субботу работаем', 'пн–сб с 10 до 20'],
  ['Работаем по будням', 'Пн-Пт 9:00–18:00'],
  ['Да, в воскресенье открыты', 'Работаем без выходных'],
  ['Ежедневно', 'с понедельника по воскресенье'],
  ['В выходные открыты', 'суббота, воскресенье: 11–16'],
  ['Круглосуточно', '24/7'],
])('„%s“ follows from „%s“', (claimed, known) => {
  expect(unknown(claimed, known)).toEqual([]);
});

test.each([
  ['В субботу работаем', 'Пн–Пт 9–18', ['сб']],
  ['Работаем ежедневно', 'по будням', ['ежедневно']],
  ['Круглосуточно, без выходных', 'ежедневно с 10 до 20', ['круглосуточно']],
  ['В выходные открыты', 'Гарантия год', ['сб', 'вс']],
])('„%s“ does not follow from „%s“', (claimed, known, days) => {
  expect(unknown(claimed, known)).toEqual(days);
});

test('words that only look like days are none', () => {
  expect(scheduleIn('среднее, всё, средство, вторая').days.size).toBe(0);
});
