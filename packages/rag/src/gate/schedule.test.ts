import { expect, test } from 'vitest';
import { scheduleIn, unknownSchedule } from './schedule.ts';

const unknown = (claimed: string, known: string) =>
  unknownSchedule({
    claimed: scheduleIn(claimed),
    words: [],
    facts: [{ schedule: scheduleIn(known), words: [] }],
  });

test.each([
  ['В субботу работаем', 'пн–сб с 10 до 20'],
  ['Работаем по будням', 'Пн-Пт 9:00–18:00'],
  ['Да, в воскресенье открыты', 'Работаем без выходных'],
  ['Ежедневно', 'с понедельника по воскресенье'],
  ['В выходные открыты', 'суббота, воскресенье: 11–16'],
  ['Круглосуточно', '24/7'],
  ['В воскресенье выходной', 'пн–сб с 10 до 20'],
  ['Ждём во вторник', 'Каждый день, кроме понедельника'],
])('„%s“ follows from „%s“', (claimed, known) => {
  expect(unknown(claimed, known)).toEqual([]);
});

test.each([
  ['В субботу работаем', 'Пн–Пт 9–18', ['сб']],
  ['Работаем ежедневно', 'по будням', ['ежедневно']],
  ['Круглосуточно, без выходных', 'ежедневно с 10 до 20', ['круглосуточно']],
  ['В выходные открыты', 'Гарантия год', ['сб', 'вс']],
  ['Да, в воскресенье работаем', 'По будням с 10 до 19, воскресенье — выходной', ['вс']],
  ['Открыты ежедневно', 'вт–вс 12–21, понедельник — санитарный день', ['ежедневно']],
  ['Каждый день, кроме вторника', 'Каждый день, кроме понедельника', ['пн', 'вт']],
  ['Суббота — выходной', 'пн–сб с 10 до 20', ['сб']],
])('„%s“ does not follow from „%s“', (claimed, known, days) => {
  expect(unknown(claimed, known)).toEqual(days);
});

test('words that only look like days are none', () => {
  expect(scheduleIn('среднее, всё, средство, вторая').days.size).toBe(0);
});

test('what the claim is about decides which timetable holds', () => {
  const facts = [
    { schedule: scheduleIn('Мастерская: ежедневно'), words: ['мастерская'] },
    { schedule: scheduleIn('Офис: по будням'), words: ['офис'] },
  ];
  const claimed = scheduleIn('Офис открыт в субботу');
  expect(unknownSchedule({ claimed, words: [['офис']], facts })).toEqual(['сб']);
  expect(unknownSchedule({ claimed, words: [['мастерской']], facts })).toEqual([]);
});
