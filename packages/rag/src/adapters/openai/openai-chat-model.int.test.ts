import { describe, expect, test } from 'vitest';
import { startModelServer } from '../../testing/model-server.ts';
import { createOpenAiChatModel } from './openai-chat-model.ts';

const completion = (content: unknown) => ({
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
  usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
});
const request = {
  messages: [{ role: 'user' as const, content: 'Есть доставка?' }],
  schema: { name: 'answer', schema: { type: 'object' } },
};

describe('the chat model', () => {
  test.each(['length', 'content_filter'])('an answer that ended by %s is no answer', async (end) => {
    const cut = completion('{"answer":"Полное"}');
    const choices = cut.choices.map((choice) => ({ ...choice, finish_reason: end }));
    const { endpoint } = await startModelServer(() => ({ body: { ...cut, choices } }));
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'gpt-x' });
    await expect(chatModel.complete(request)).rejects.toMatchObject({
      code: 'model.bad-answer',
      usage: { inputTokens: 11, outputTokens: 7 },
    });
  });

  test('asks for the schema, and returns the text with what it cost', async () => {
    const { endpoint, received } = await startModelServer(() => ({ body: completion('{"answer":"Да"}') }));
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'gpt-x' });
    expect(await chatModel.complete(request)).toEqual({
      text: '{"answer":"Да"}',
      usage: { inputTokens: 11, outputTokens: 7 },
    });
    expect(received).toMatchObject([
      {
        path: '/v1/chat/completions',
        headers: { authorization: 'Bearer sk-test' },
        body: {
          model: 'gpt-x',
          messages: request.messages,
          response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true } },
        },
      },
    ]);
  });

  test('asks a server that refuses a format in a weaker one, and remembers', async () => {
    const formatOf = (body: Record<string, unknown>) =>
      (body['response_format'] as { type: string } | undefined)?.type;
    const { endpoint, received } = await startModelServer(({ body }) =>
      formatOf(body) === undefined
        ? { body: completion('Да') }
        : { status: 400, body: { error: { message: 'response_format is not supported' } } },
    );
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'local' });
    await chatModel.complete(request);
    await chatModel.complete(request);
    expect(received.map(({ body }) => formatOf(body))).toEqual([
      'json_schema',
      'json_object',
      undefined,
      undefined,
    ]);
  });

  test.each([
    [429, 'model.rate-limited', true],
    [500, 'model.unavailable', true],
    [503, 'model.unavailable', true],
    [401, 'model.unauthorized', false],
    [404, 'model.rejected', false],
  ])('turns %i into %s and does not repeat the request', async (status, code, isRetryable) => {
    const { endpoint, received } = await startModelServer(() => ({
      status,
      headers: { 'retry-after': '2' },
      body: { error: { message: 'секрет покупателя' } },
    }));
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'gpt-x' });
    const failure = await chatModel.complete(request).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, isRetryable, retryAfterMs: status === 429 ? 2_000 : undefined });
    expect(String(failure)).not.toContain('секрет');
    expect(received).toHaveLength(1);
  });

  test('reads a text that comes in parts, as some servers send it, without what the model only thought', async () => {
    const parts = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Думаю: 99 000 рублей?' }] },
      { type: 'text', text: '{"answer":' },
      { type: 'text', text: '"Да"}' },
    ];
    const { endpoint } = await startModelServer(() => ({ body: completion(parts) }));
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'gpt-x' });
    expect(await chatModel.complete(request)).toMatchObject({ text: '{"answer":"Да"}' });
  });

  test.each([
    [402, 'model.no-money'],
    [403, 'model.unauthorized'],
  ])('tells an account without money (%i) from a key that is not accepted', async (status, code) => {
    const { endpoint } = await startModelServer(() => ({ status, body: { error: { message: 'no' } } }));
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'gpt-x' });
    await expect(chatModel.complete(request)).rejects.toMatchObject({ code, isRetryable: false });
  });

  test('tells a quota that is used up from too many requests', async () => {
    const body = { error: { message: 'no', code: 'insufficient_quota' } };
    const { endpoint } = await startModelServer(() => ({ status: 429, body }));
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'gpt-x' });
    await expect(chatModel.complete(request)).rejects.toMatchObject({
      code: 'model.no-money',
      isRetryable: false,
    });
  });

  test.each([
    ['parts without a text', completion([{ type: 'thinking', thinking: [] }])],
    ['an empty text', completion('  ')],
    ['a text without end', completion('я'.repeat(300_000))],
    ['no text', completion(null)],
    ['no choice', { choices: [] }],
    ['something else', { hello: 'world' }],
    ['no JSON', '<html>'],
  ])('calls %s a bad answer', async (_, body) => {
    const { endpoint } = await startModelServer(() => ({ body }));
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'gpt-x' });
    await expect(chatModel.complete(request)).rejects.toMatchObject({ code: 'model.bad-answer' });
  });

  test('gives up on a silent server in time', async () => {
    const { endpoint } = await startModelServer(() => undefined);
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'gpt-x', timeoutMs: 50 });
    await expect(chatModel.complete(request)).rejects.toMatchObject({ code: 'model.timeout' });
  });

  test('says that a server is not there', async () => {
    const chatModel = createOpenAiChatModel({
      apiKey: 'x',
      baseUrl: 'http://127.0.0.1:1/v1',
      model: 'gpt-x',
    });
    await expect(chatModel.complete(request)).rejects.toMatchObject({ code: 'model.unavailable' });
  });

  test('stops at an abort, with its reason', async () => {
    const controller = new AbortController();
    const { endpoint } = await startModelServer(() => {
      controller.abort(new Error('shutting down'));
      return undefined;
    });
    const chatModel = createOpenAiChatModel({ ...endpoint, model: 'gpt-x' });
    await expect(chatModel.complete({ ...request, signal: controller.signal })).rejects.toThrow(
      'shutting down',
    );
  });
});
