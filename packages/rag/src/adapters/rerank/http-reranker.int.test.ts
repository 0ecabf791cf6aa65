import { describe, expect, test } from 'vitest';
import { startModelServer } from '../../testing/model-server.ts';
import { createHttpReranker } from './http-reranker.ts';

const ask = { question: 'доставка', documents: ['а', 'б'], limit: 2 };

test('asks as Cohere, Jina and vLLM expect it, and returns the best first', async () => {
  const { endpoint, received } = await startModelServer(() => ({
    body: {
      results: [
        { index: 0, relevance_score: 0.1 },
        { index: 1, relevance_score: 0.9, document: {} },
      ],
    },
  }));
  const reranker = createHttpReranker({ ...endpoint, model: 'rerank-3' });
  expect((await reranker.rerank(ask)).ranked).toEqual([
    { index: 1, score: 0.9 },
    { index: 0, score: 0.1 },
  ]);
  expect(received).toMatchObject([
    {
      path: '/v1/rerank',
      headers: { authorization: 'Bearer sk-test' },
      body: { model: 'rerank-3', query: 'доставка', documents: ['а', 'б'], top_n: 2 },
    },
  ]);
});

test.each([
  ['Cohere', { meta: { billed_units: { search_units: 2 } } }, { searches: 2, tokens: 0 }],
  ['Jina and vLLM', { usage: { total_tokens: 320 } }, { searches: 1, tokens: 320 }],
  ['one that tells nothing', {}, { searches: 1, tokens: 0 }],
  ['one that tells nonsense', { usage: { total_tokens: 'many' }, meta: 7 }, { searches: 1, tokens: 0 }],
])('what was used is read as %s tells it', async (_server, told, used) => {
  const { endpoint } = await startModelServer(() => ({ body: { results: [], ...told } }));
  expect(await createHttpReranker({ ...endpoint, model: 'm' }).rerank(ask)).toMatchObject(used);
});

describe('a failure has a code', () => {
  test.each([
    [429, 'model.rate-limited', true],
    [401, 'model.unauthorized', false],
    [404, 'model.rejected', false],
    [503, 'model.unavailable', true],
  ])('%i is %s', async (status, code, isRetryable) => {
    const { endpoint } = await startModelServer(() => ({ status }));
    const reranker = createHttpReranker({ ...endpoint, model: 'm' });
    await expect(reranker.rerank(ask)).rejects.toMatchObject({ code, isRetryable });
  });

  test('an answer of another form', async () => {
    const { endpoint } = await startModelServer(() => ({ body: { data: [] } }));
    await expect(createHttpReranker({ ...endpoint, model: 'm' }).rerank(ask)).rejects.toMatchObject({
      code: 'model.bad-answer',
    });
  });

  test('a server that does not answer in time', async () => {
    const { endpoint } = await startModelServer(() => undefined);
    const reranker = createHttpReranker({ ...endpoint, model: 'm', timeoutMs: 20 });
    await expect(reranker.rerank(ask)).rejects.toMatchObject({ code: 'model.timeout', isRetryable: true });
  });

  test('a server that is not there', async () => {
    const reranker = createHttpReranker({ baseUrl: 'http://127.0.0.1:1', model: 'm' });
    await expect(reranker.rerank(ask)).rejects.toMatchObject({ code: 'model.unavailable' });
  });

  test('an abort is nobody’s failure', async () => {
    const { endpoint } = await startModelServer(() => undefined);
    const reranker = createHttpReranker({ ...endpoint, model: 'm' });
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(reranker.rerank({ ...ask, signal })).rejects.toThrow('stopped');
  });
});
