import { expect, test } from 'vitest';
import { isBareAgreement, withoutAgreements } from './agreement.ts';

test.each([
  'верно?',
  'Так?',
  'да?',
  'Да??',
  'правильно?',
  'всё верно?',
  'Я правильно понимаю?',
  'я правильно понял?',
  'это точно?',
  'не так ли?',
  'Здравствуйте, верно?',
])('„%s“ asks to be agreed with, without saying in what', (text) => {
  expect(isBareAgreement(text)).toBe(true);
});

test.each([
  'да',
  'ок',
  '',
  'Здравствуйте',
  'доставка есть, верно?',
  'как правильно стирать?',
  'да, а доставка есть?',
  'всё есть?',
])('„%s“ does not', (text) => {
  expect(isBareAgreement(text)).toBe(false);
});

test('of a burst the lines are searched for that say what they are about', () => {
  expect(withoutAgreements('доставка в Казань 490\nверно?')).toBe('доставка в Казань 490');
  expect(withoutAgreements('да?\nа гарантия есть?')).toBe('а гарантия есть?');
  expect(withoutAgreements('верно?')).toBe('верно?');
});
