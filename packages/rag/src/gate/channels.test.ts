import { describe, expect, test } from 'vitest';
import { checkAnswer } from './gate.ts';

const grounds = [
  'Мастерская\nОтвечаем в чате и по телефону с 9:00 до 19:00. Отправляем СДЭКом и Почтой.',
  'Адрес\nТверь, улица Правды, 4. Заходите в наш салон.',
];
const kinds = (answer: string) =>
  checkAnswer({ question: 'Как с вами связаться?', answer, grounds }).problems.map(({ kind }) => kind);

describe('a channel that no source names is stopped, whichever it is', () => {
  test.each([
    'Мы есть в имо, пишите туда.',
    'Мы продаём и на Юле.',
    'Закажите через Ozon.',
    'Каталог есть на Ярмарке мастеров.',
    'Наш номер есть на сайте.',
    'Позвоните по номеру из профиля.',
    'Пишите нам в Threema.',
    'Ищите нас в «Колибри».',
    'Наш канал в Зелло.',
    'Напишите в Вайбер.',
    'Заказ оформляется в личном кабинете.',
  ])('%s', (answer) => {
    expect(kinds(answer)).toContain('channel');
  });

  test.each([
    'Пишите нам в чат, отвечаем с 9:00 до 19:00.',
    'Пишите сюда, в Авито.',
    'Напишите в любое удобное для вас рабочее время, с 9:00 до 19:00.',
    'Сайта у нас нет, пишите в этот чат.',
    'Найти нас в салоне можно на улице Правды, 4.',
  ])('Avito’s own chat is none: %s', (answer) => {
    expect(kinds(answer)).not.toContain('channel');
  });

  test('one that a source names passes', () => {
    const own = ['Магазин\nЗаказы принимаем на Ozon и на сайте.'];
    expect(
      checkAnswer({ question: 'Где купить?', answer: 'Заказать можно на Ozon или на сайте.', grounds: own })
        .problems,
    ).toEqual([]);
  });
});
