import { expect, test } from 'vitest';
import { askedKind, asksOnly, tells } from './asked-kind.ts';

test.each([
  ['почем доставка', 'price'],
  ['скок будет стоить', 'price'],
  ['до скольки работаете', 'clock'],
  ['до скольки занимаетесь вечером', 'clock'],
  ['сколько занимает ремонт', 'duration'],
  ['во сколько заезд', 'clock'],
  ['сколько дней ждать', 'duration'],
  ['когда отправите', 'duration'],
  ['где вы находитесь', 'place'],
  ['сколько человек', 'number'],
  ['во сколько встанет доставка', 'price'],
  ['до которого часа вы', 'clock'],
  ['когда можно забрать', 'clock'],
  ['долго ли ждать', 'duration'],
  ['куда подъехать', 'place'],
  ['как оплатить', 'way'],
  ['как долго ждать', 'duration'],
  ['какой кредит', undefined],
  ['кредит есть', undefined],
  ['подвинетесь по цене', undefined],
  ['где припарковаться', undefined],
] as const)('„%s“ wants to be told a %s', (question, kind) => {
  expect(askedKind(question)).toBe(kind);
});

test.each([
  ['price', 'Стоимость — 390 ₽.', 'Привезём завтра.'],
  ['price', 'Товар: Чехол; Цена: 590', 'Товар: Чехол; Остаток: 590'],
  ['price', 'Оптом скидка 10 %.', '100 % хлопок.'],
  ['clock', 'В чате до девяти вечера.', 'В чате до ночи.'],
  ['clock', 'Пн–пт 9:00–19:00.', 'Работаем каждый день.'],
  ['clock', 'Работаем с 9 до 19.', 'Работаем с 2009 года.'],
  ['clock', 'По будням до 20.', 'Латка до 5 см, подошва до 5 рабочих дней, заказ до 3 000 ₽.'],
  ['duration', 'Отгрузка на следующий день.', 'Отправляем СДЭК.'],
  ['place', 'Склад: ул. Станционная, 18.', 'Принимаем карты.'],
  ['number', 'До четырёх гостей.', 'Гостям рады.'],
] as const)('a %s is told by „%s“, not by „%s“', (kind, telling, silent) => {
  expect(tells(kind, telling)).toBe(true);
  expect(tells(kind, silent)).toBe(false);
});

test('words that only ask are told apart from those that name something', () => {
  expect(asksOnly('price', 'почем')).toBe(true);
  expect(asksOnly('clock', 'скольки')).toBe(true);
  expect(asksOnly('price', 'доставка')).toBe(false);
  expect(asksOnly('clock', 'почем')).toBe(false);
  expect(asksOnly(undefined, 'почем')).toBe(false);
});
