import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../testing/avito-stand-in.ts';
import { WEBHOOK_PATH } from '../webhook/webhook-path.ts';
import { probeWebhook } from './probe-webhook.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (status: number, body: string, headers: Record<string, string> = {}) =>
  serve((_request, response) => response.writeHead(status, headers).end(body));

test('ingest’s own answer at our path is fine, and the question is Avito’s', async () => {
  const asked: unknown[] = [];
  const url = await serve((request, response) => {
    request.setEncoding('utf8').on('data', (body) => {
      asked.push([request.method, request.url, request.headers['content-type'], body]);
      response.end('{"status":"probe"}');
    });
  });
  expect(await probeWebhook({ url: `${url}${WEBHOOK_PATH}/token` })).toEqual([]);
  expect(asked).toEqual([['POST', `${WEBHOOK_PATH}/token`, 'application/x-www-form-urlencoded', '{}']]);
});

test('another path and another answer are worth a warning each', async () => {
  const url = await answering(200, '<h1>Welcome</h1>'.repeat(10_000));
  const warnings = await probeWebhook({ url: `${url}/hook` });
  expect(warnings.map(({ code }) => code)).toEqual(['webhook.other-path', 'webhook.other-answer']);
});

test.each([
  [404, /answered 404: path or AVITO_WEBHOOK_TOKEN/],
  [503, /answered 503 instead of 200/],
  [201, /answered 201 instead of 200/],
])('a status of %i is told', async (status, message) => {
  const url = await answering(status, '{"status":"probe"}');
  await expect(probeWebhook({ url })).rejects.toMatchObject({
    code: 'webhook.unreachable',
    message: expect.stringMatching(message),
  });
});

test('a redirect is told and not followed', async () => {
  let visits = 0;
  const target = await serve((_request, response) => {
    visits += 1;
    response.end('{"status":"probe"}');
  });
  const url = await answering(308, '', { location: target });
  await expect(probeWebhook({ url })).rejects.toMatchObject({
    code: 'webhook.unreachable',
    message: expect.stringContaining('follows no redirects'),
  });
  expect(visits).toBe(0);
});

test('a port where nobody listens, a name that nobody knows and a broken TLS are told apart', async () => {
  const plain = await answering(200, '{"status":"probe"}');
  const told = async (url: string) =>
    probeWebhook({ url }).catch((error: unknown) => (error instanceof Error ? error.message : ''));
  expect(await told(`http://127.0.0.1:${await freePort()}`)).toContain('refused');
  expect(await told('http://nobody.invalid')).toContain('DNS');
  expect(await told(plain.replace('http:', 'https:'))).toContain('TLS');
});

test('silence is told after two seconds, also in mid-answer', async () => {
  const silent = await serve(() => {});
  const stuck = await serve((_request, response) => response.writeHead(200).write('{'));
  for (const url of [silent, stuck]) {
    await expect(probeWebhook({ url })).rejects.toMatchObject({
      code: 'webhook.unreachable',
      message: expect.stringContaining('within 2 s'),
    });
  }
});

test('the caller may end it', async () => {
  const url = await serve(() => {});
  await expect(probeWebhook({ url, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
    'enough',
  );
});
