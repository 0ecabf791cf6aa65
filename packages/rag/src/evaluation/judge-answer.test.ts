import { expect, test } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';

const expected = {
  answerable: true,
  must_contain: ['490 ₽'],
  must_not_contain: [],
  expected_source: ['delivery.md'],
};
const source = {
  kind: 'knowledge' as const,
  sourceKey: 'shop/delivery.md',
  title: '',
  heading: '',
  chunkIds: [],
};
const answer = {
  text: 'Доставка 490\u00A0₽.',
  mode: 'extractive' as const,
  action: 'answer' as const,
  sources: [source],
};
const handoff = { text: 'Передал.', mode: 'static' as const, action: 'handoff' as const, sources: [] };

test('an answer with its facts from its source is right', () => {
  expect(judgeAnswer(expected, answer)).toMatchObject({ verdict: 'answered', problems: [] });
});

test.each([
  ['a fact is missing', expected, { ...answer, text: 'Доставка 1490 ₽.' }, 'wrong', 'fact-missing'],
  ['it is from elsewhere', expected, { ...answer, sources: [] }, 'wrong', 'wrong-source'],
  ['a person is called', expected, handoff, 'refused-falsely', 'answerable-refused'],
  ['nobody knows', { ...expected, answerable: false }, answer, 'wrong', 'unanswerable-answered'],
  ['it may not be said', { ...expected, must_not_contain: ['490'] }, answer, 'wrong', 'forbidden-said'],
])('%s: the verdict and its reason', (_case, wanted, given, verdict, problem) => {
  expect(judgeAnswer(wanted, given)).toMatchObject({ verdict, problems: expect.arrayContaining([problem]) });
});

test('a call for a person is right where the base does not know, and so is a greeting', () => {
  const unknown = { ...expected, answerable: false };
  expect(judgeAnswer(unknown, handoff).verdict).toBe('refused');
  expect(judgeAnswer(unknown, { ...handoff, action: 'answer' }).verdict).toBe('refused');
});

test.each([
  ['42990', 'Цена 42 990 ₽'],
  ['до 5%', 'Уступаем до 5 %.'],
  ['3–4 дня', 'Срок: 3-4 дня'],
  ['999 123-45-67', 'Звоните +7 999 123-45-67'],
  ['зачёт', 'Принимаем в зачет'],
])('spelling does not matter: „%s“ is in „%s“', (fact, text) => {
  expect(judgeAnswer({ ...expected, must_contain: [fact] }, { ...answer, text }).missing).toEqual([]);
});
