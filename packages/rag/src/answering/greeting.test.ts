import { expect, test } from 'vitest';
import { greetOnce, withoutSecondGreeting } from './greeting.ts';

const later = [{ author: 'us' as const, text: 'Здравствуйте!' }];

test.each([
  ['a greeting is returned', 'Да, есть.', 'Привет! Есть?', [], undefined, 'Здравствуйте! Да, есть.'],
  ['only once per chat', 'Здравствуйте! Да, есть.', 'Привет! Есть?', later, undefined, 'Да, есть.'],
  ['who does not greet is not greeted', 'Добрый день! да, есть.', 'Есть?', [], undefined, 'Да, есть.'],
  ['by name is a greeting too', 'Здравствуйте, Иван! Да.', 'Есть?', later, undefined, 'Да.'],
  ['always: the first answer greets', 'Да, есть.', 'Есть?', [], 'always', 'Здравствуйте! Да, есть.'],
  ['never', 'Здравствуйте! Да, есть.', 'Привет, есть?', [], 'never', 'Да, есть.'],
  ['in his own language', 'Yes, in Kaluga.', 'Hello, any delivery?', [], undefined, 'Hello! Yes, in Kaluga.'],
  ['a name is no language', 'iPhone 13.', 'Привет! Какой есть?', [], undefined, 'Здравствуйте! iPhone 13.'],
  ['a greeting alone stays', 'Здравствуйте!', 'Привет', later, undefined, 'Здравствуйте!'],
] as const)('%s', (_, text, question, history, manner, expected) => {
  expect(greetOnce({ text, question, history, manner })).toBe(expected);
});

test('a prepared text greets in the first answer of a chat only', () => {
  const text = 'Добрый день! чем помочь?';
  expect(withoutSecondGreeting({ text, history: [{ author: 'buyer', text: 'Привет' }] })).toBe(text);
  expect(withoutSecondGreeting({ text, history: later })).toBe('Чем помочь?');
  expect(withoutSecondGreeting({ text: 'Здравствуйте!', history: later })).toBe('Здравствуйте!');
});
