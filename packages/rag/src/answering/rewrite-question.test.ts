import { expect, test } from 'vitest';
import { createFakeChatModel, unavailable } from '../testing/fake-models.ts';
import { needsRewrite, rewriteQuestion } from './rewrite-question.ts';

const history = [{ author: 'buyer' as const, text: 'Есть чехол для iPhone 13?' }];
const rewriteWith = async (said: string | Error) => {
  const { chatModel, prompts } = createFakeChatModel(said);
  const rewrite = await rewriteQuestion({ chatModel, question: 'А красный?', history });
  return { ...rewrite, prompts };
};

test('what was said before goes into the question', async () => {
  const { question, usage, prompts } = await rewriteWith('{"question": "Есть красный чехол для iPhone 13?"}');
  expect(question).toBe('Есть красный чехол для iPhone 13?');
  expect(usage.inputTokens).toBe(100);
  expect(prompts[0]).toContain('Покупатель: Есть чехол для iPhone 13?');
});

test.each([
  ['prose', 'Вот ваш вопрос'],
  ['an answer in another form', '{"answer": "Да"}'],
  ['a broken object', '{"question": "А'],
  ['the same words', '{"question": "А красный?"}'],
  ['braces without end', '{'.repeat(200_000)],
  ['a novel', JSON.stringify({ question: 'а'.repeat(400) })],
])('%s leaves the message as it is', async (_, said) => {
  expect((await rewriteWith(said)).question).toBeUndefined();
});

test('a model that is away leaves the message as it is, and says so', async () => {
  expect(await rewriteWith(unavailable())).toMatchObject({
    question: undefined,
    failure: 'model.unavailable',
  });
});

test('an abort is thrown', async () => {
  const { chatModel } = createFakeChatModel(unavailable());
  const signal = AbortSignal.abort(new Error('stop'));
  await expect(rewriteQuestion({ chatModel, question: 'А?', history, signal })).rejects.toThrow('stop');
});

test('only short messages within a conversation need it', () => {
  expect(needsRewrite({ question: 'А красный?', history })).toBe(true);
  expect(needsRewrite({ question: 'А красный?', history: [] })).toBe(false);
  expect(needsRewrite({ question: 'слово '.repeat(13), history })).toBe(false);
});
