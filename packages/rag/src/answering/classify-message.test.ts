import { expect, test } from 'vitest';
import { asksItemPrice, classifyMessage, greets, staticTextFor } from './classify-message.ts';

test.each([
  ['Здравствуйте!', 'greeting'],
  ['Добрый день\nподскажите пожалуйста', 'greeting'],
  ['ку', 'question'],
  ['Спасибо большое', 'thanks'],
  ['спасибо', 'thanks'],
  ['Спасибо, до свидания', 'thanks'],
  ['ок, понятно', 'acknowledgement'],
  ['а вы где', 'question'],
  ['позовите человека', 'asks-for-human'],
  ['Можно поговорить с живым оператором?', 'asks-for-human'],
  ['менеджер!', 'asks-for-human'],
  ['менеджер вчера обещал скидку на айфон', 'question'],
  ['Здравствуйте\nподскажите\nдоставка в Казань есть?', 'question'],
  ['…?', 'empty'],
])('„%s“ is %s', (text, kind) => {
  expect(classifyMessage(text)).toBe(kind);
});

test.each([
  ['За сколько отправите?', 'delivery'],
  ['А дешевле?', 'price'],
  ['Сколько стоит доставка?', 'delivery'],
  ['Какой процессор?', 'unknown'],
])('for „%s“ the prepared text is %s', (question, kind) => {
  expect(staticTextFor(question)).toBe(kind);
});

test('a bare question for the price is one for the price of the listing', () => {
  expect(['Сколько стоит?', 'Здравствуйте, какая цена?'].map(asksItemPrice)).toEqual([true, true]);
  expect(['Почём отдаёте?', 'За сколько отдадите?', 'сколько просите за него'].map(asksItemPrice)).toEqual([
    true,
    true,
    true,
  ]);
  const others = ['Сколько стоит доставка?', 'За сколько отправите?', 'Отдаёте в рассрочку?', 'Привет'];
  expect(others.map(asksItemPrice)).toEqual([false, false, false, false]);
});

test('a greeting is seen anywhere in the turn', () => {
  expect([greets('есть?\nдобрый день'), greets('приветливый продавец?'), greets('есть?')]).toEqual([
    true,
    true,
    false,
  ]);
});
