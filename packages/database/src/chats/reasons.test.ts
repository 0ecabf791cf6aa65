import { expect, test } from 'vitest';
import { decisionReasons, reasonText } from './reasons.ts';

test('every reason has a Russian text of its own', () => {
  const texts = Object.keys(decisionReasons).map(reasonText);
  expect(texts.every((text) => /^[А-ЯA][^]*[а-яё]/u.test(text))).toBe(true);
  expect(new Set(texts).size).toBe(texts.length);
});

test.each([
  ['compose-reply-failed: rag.timeout', 'Составить ответ не удалось (compose-reply-failed: rag.timeout)'],
  ['avito.forbidden', 'Avito не принял ответ (avito.forbidden)'],
  ['constructor', 'Причина: constructor'],
])('the code of a failure is read with its family: %s', (code, text) => {
  expect(reasonText(code)).toBe(text);
});
