import { expect, test } from 'vitest';
import { operatorPhrase } from './operator-phrase.ts';

const phrases = { resumePhrase: '/бот', pausePhrase: 'Дальше сам, ещё раз' };

test.each([
  ['/бот', 'resume'],
  [' /БОТ ', 'resume'],
  ['дальше сам,  еще раз', 'pause'],
  ['/бот, ответь', undefined],
  ['бот', undefined],
  ['', undefined],
  [null, undefined],
])('%s is %s', (text, meaning) => {
  expect(operatorPhrase(text, phrases)).toBe(meaning);
});

test('a phrase that is not set is never typed', () => {
  expect(operatorPhrase('', { resumePhrase: '', pausePhrase: '' })).toBeUndefined();
});
