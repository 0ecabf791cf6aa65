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
  expect(await reranker.rerank(ask)).toEqual([
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
