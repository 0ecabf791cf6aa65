import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { checkReranker } from './check-reranker.ts';

async function serverThat(status: number, body: unknown) {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/v1`, model: 'orders', apiKey: undefined };
}

test('one that puts texts in order is fine', async () => {
  const results = [{ index: 0, relevance_score: 0.9 }];
  expect(await checkReranker(await serverThat(200, { results }))).toMatchObject([{ status: 'ok' }]);
});

test.each([
  [500, {}, 'model.unavailable'],
  [401, {}, 'model.unauthorized'],
  [404, {}, 'model.rejected'],
  [200, { results: null }, 'model.bad-answer'],
  [200, { results: [] }, 'model.bad-answer'],
])('%s %j is told with what to look at', async (status, body, code) => {
  expect(await checkReranker(await serverThat(status, body))).toMatchObject([
    { status: 'problem', message: expect.stringContaining(code), advice: expect.stringContaining('RERANK_') },
  ]);
});

test('none is needed', async () => {
  expect(await checkReranker(undefined)).toEqual([]);
});
