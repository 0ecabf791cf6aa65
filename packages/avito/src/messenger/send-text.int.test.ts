import net, { type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TokenProvider } from '../auth/token-provider.ts';
import { createAvitoClient } from '../client.ts';
import { freePort, startAvito } from '../testing/avito-stand-in.ts';
import { CHAT_ID, USER_ID } from '../testing/examples.ts';

type Avito = Awaited<ReturnType<typeof startAvito>>;

const tokens: TokenProvider = { getToken: async () => 'token', invalidate: () => {} };
const clientAt = (baseUrl: string, timeoutMs = 5_000) => createAvitoClient({ baseUrl, tokens, timeoutMs });
const hello = { userId: USER_ID, chatId: CHAT_ID, text: 'Да, продаём' };

type Expected = {
  outcome: 'not-sent' | 'unknown';
  error: { code: string; isRetryable: boolean; retryAfterMs?: number };
};
const notSent = (code: string, isRetryable: boolean): Expected => ({
  outcome: 'not-sent',
  error: { code, isRetryable },
});
const unknown = (code: string): Expected => ({ outcome: 'unknown', error: { code, isRetryable: true } });

describe('an answer with status', () => {
  const statuses: [number, Expected][] = [
    [400, notSent('avito.bad-request', false)],
    [402, notSent('avito.payment-required', false)],
    [404, notSent('avito.not-found', false)],
    [409, notSent('avito.bad-request', false)],
    [413, notSent('avito.bad-request', false)],
    [429, notSent('avito.rate-limited', true)],
    [408, unknown('avito.request-timeout')],
    [500, unknown('avito.server-error')],
    [502, unknown('avito.server-error')],
    [503, unknown('avito.server-error')],
    [504, unknown('avito.server-error')],
    [302, { outcome: 'unknown', error: { code: 'avito.unexpected-status', isRetryable: false } }],
  ];
  test.each(statuses)('%i leads to %j, after one POST', async (status, expected) => {
    const avito = await startAvito();
    avito.replyOnce({ status, body: { error: { code: status, message: 'no' } } });
    expect(await clientAt(avito.baseUrl).sendText(hello)).toMatchObject(expected);
    expect(avito.apiCalls()).toHaveLength(1);
  });

  test.each([401, 403])('%i twice means not sent, after one repetition', async (status) => {
    const avito = await startAvito();
    avito.replyOnce({ status });
    avito.replyOnce({ status });
    expect(await clientAt(avito.baseUrl).sendText(hello)).toMatchObject(
      notSent('avito.access-denied', false),
    );
    expect(avito.apiCalls()).toHaveLength(2);
  });

  test('401 and then 200 means sent, once', async () => {
    const avito = await startAvito();
    avito.replyOnce({ status: 401 });
    avito.replyOnce({ body: { id: 'm1' } });
    expect(await clientAt(avito.baseUrl).sendText(hello)).toEqual({
      outcome: 'sent',
      messageId: 'm1',
      createdAt: null,
    });
  });

  test('401 and then a broken connection is unknown', async () => {
    const avito = await startAvito();
    avito.replyOnce({ status: 401 });
    avito.replyOnce((request) => request.socket.destroy());
    expect(await clientAt(avito.baseUrl).sendText(hello)).toMatchObject(unknown('avito.reset'));
  });

  test('429 tells how long to wait', async () => {
    const avito = await startAvito();
    avito.replyOnce({ status: 429, headers: { 'retry-after': '2' } });
    expect(await clientAt(avito.baseUrl).sendText(hello)).toMatchObject({
      outcome: 'not-sent',
      error: { retryAfterMs: 2_000 },
    });
  });
});

describe('a success that', () => {
  test.each([
    ['is no JSON', '<html>ok</html>'],
    ['is empty', ''],
    ['is cut short', '{"id":"m'],
    ['has no id', { created: 1795333261 }],
    ['has an empty id', { id: '' }],
    ['is null', 'null'],
  ])('%s is unknown', async (_, body) => {
    const avito = await startAvito();
    avito.replyOnce({ body });
    expect(await clientAt(avito.baseUrl).sendText(hello)).toMatchObject(unknown('avito.bad-body'));
  });

  test('is larger than any answer of Avito’s is unknown', async () => {
    const avito = await startAvito();
    avito.replyOnce({ body: `{"id":"m1","pad":"${'x'.repeat(6 * 1024 * 1024)}"}` });
    expect(await clientAt(avito.baseUrl).sendText(hello)).toMatchObject(unknown('avito.bad-body'));
  });

  test('claims a compression that it does not have is unknown', async () => {
    const avito = await startAvito();
    avito.replyOnce({ headers: { 'content-encoding': 'gzip' }, body: '{"id":"m1"}' });
    expect(await clientAt(avito.baseUrl).sendText(hello)).toMatchObject(unknown('avito.bad-body'));
  });
});

describe('a connection that', () => {
  test('is refused means not sent', async () => {
    const client = clientAt(`http://127.0.0.1:${await freePort()}`);
    expect(await client.sendText(hello)).toMatchObject({
      outcome: 'not-sent',
      error: { code: 'avito.unreachable', isRetryable: true, requestMayHaveArrived: false },
    });
  });

  test('goes to a name that does not exist means not sent', async () => {
    const client = clientAt('http://avito.invalid');
    expect(await client.sendText(hello)).toMatchObject(notSent('avito.unreachable', true));
  });

  test('fails in the TLS handshake means not sent', async () => {
    const avito = await startAvito(); // speaks plain HTTP
    const client = clientAt(avito.baseUrl.replace('http:', 'https:'));
    expect(await client.sendText(hello)).toMatchObject(notSent('avito.unreachable', true));
  });

  test('never gets through the TLS handshake in time means not sent', async () => {
    const mute = net.createServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const client = clientAt(`https://127.0.0.1:${(mute.address() as AddressInfo).port}`, 100);
    expect(await client.sendText(hello)).toMatchObject(notSent('avito.timeout', true));
  });

  const breaks: [string, string, (avito: Avito) => void][] = [
    [
      'breaks before the request is read',
      'avito.reset',
      (avito) => avito.replyOnce((request) => request.socket.destroy()),
    ],
    [
      'is reset before the request is read',
      'avito.reset',
      (avito) => avito.replyOnce((request) => request.socket.resetAndDestroy()),
    ],
    [
      'breaks after the request is read',
      'avito.reset',
      (avito) => avito.replyOnce((request) => request.resume().once('end', () => request.socket.destroy())),
    ],
    [
      'breaks within the answer',
      'avito.reset',
      (avito) =>
        avito.replyOnce((request, response) => {
          response.writeHead(200, { 'content-length': '100' });
          response.write('{"id":', () => request.socket.destroy());
        }),
    ],
    ['stays silent', 'avito.timeout', (avito) => avito.replyOnce((request) => request.resume())],
    [
      'trickles without end',
      'avito.timeout',
      (avito) =>
        avito.replyOnce((request, response) => {
          request.resume();
          response.writeHead(200);
          const trickle = setInterval(() => response.write(' '), 20);
          response.once('close', () => clearInterval(trickle));
        }),
    ],
  ];
  test.each(breaks)('%s is unknown: %s', async (_, code, arrange) => {
    const avito = await startAvito();
    arrange(avito);
    const outcome = await clientAt(avito.baseUrl, 300).sendText(hello);
    expect(outcome).toMatchObject(unknown(code));
    expect(outcome).toMatchObject({ error: { requestMayHaveArrived: true } });
    expect(avito.apiCalls()).toHaveLength(1);
  });

  test('is kept from an earlier call and breaks is unknown as well', async () => {
    const avito = await startAvito();
    const client = clientAt(avito.baseUrl);
    avito.replyOnce({ body: { id: 'm1' } });
    await client.sendText(hello);
    avito.replyOnce((request) => request.socket.destroy());
    expect(await client.sendText(hello)).toMatchObject(unknown('avito.reset'));
  });
});

describe('a caller that cancels', () => {
  test('before the call: not sent', async () => {
    const avito = await startAvito();
    const outcome = await clientAt(avito.baseUrl).sendText({ ...hello, signal: AbortSignal.abort() });
    expect(outcome).toMatchObject(notSent('avito.aborted', true));
    expect(avito.calls).toEqual([]);
  });

  test('while Avito is at it: unknown', async () => {
    const avito = await startAvito();
    const caller = new AbortController();
    avito.replyOnce(() => caller.abort());
    const outcome = await clientAt(avito.baseUrl).sendText({ ...hello, signal: caller.signal });
    expect(outcome).toMatchObject(unknown('avito.aborted'));
  });
});

describe('without a token nothing is sent, whatever the token endpoint does', () => {
  const failures: [string, (avito: Avito) => void][] = [
    ['500', (avito) => avito.replyToTokenOnce({ status: 500 })],
    ['a bad body', (avito) => avito.replyToTokenOnce({ body: '<html>' })],
    ['a broken connection', (avito) => avito.replyToTokenOnce((request) => request.socket.destroy())],
    ['silence', (avito) => avito.replyToTokenOnce((request) => request.resume())],
    ['bad keys', (avito) => avito.replyToTokenOnce({ status: 400 })],
  ];
  test.each(failures)('%s', async (_, arrange) => {
    const avito = await startAvito();
    arrange(avito);
    const credentials = { clientId: 'client', clientSecret: 's3cret' };
    const client = createAvitoClient({ baseUrl: avito.baseUrl, credentials, timeoutMs: 300 });
    expect((await client.sendText(hello)).outcome).toBe('not-sent');
    expect(avito.apiCalls()).toEqual([]);
  });
});

describe('the text', () => {
  test('may have 1000 characters, counted by code points', async () => {
    const avito = await startAvito();
    avito.replyOnce({ body: { id: 'm1' } });
    const outcome = await clientAt(avito.baseUrl).sendText({ ...hello, text: '🚗'.repeat(1000) });
    expect(outcome.outcome).toBe('sent');
  });

  test.each([
    ['1001 letters', 'я'.repeat(1001), 'avito.text-too-long'],
    ['1001 emoji', '🚗'.repeat(1001), 'avito.text-too-long'],
    ['nothing', '', 'avito.empty-text'],
    ['blanks', ' \n', 'avito.empty-text'],
  ])('of %s is not sent', async (_, text, code) => {
    const avito = await startAvito();
    expect(await clientAt(avito.baseUrl).sendText({ ...hello, text })).toMatchObject(notSent(code, false));
    expect(avito.calls).toEqual([]);
  });
});

describe('a text whose time is over', () => {
  const tooLate = notSent('avito.too-late', true);

  test('does not leave over a new connection: not one byte is written', async () => {
    const received: Buffer[] = [];
    const server = net.createServer((socket) => socket.on('data', (bytes) => received.push(bytes)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const client = clientAt(`http://127.0.0.1:${port}`);
    expect(await client.sendText({ ...hello, mayLeave: () => false })).toMatchObject(tooLate);
    expect(received).toEqual([]);
  });

  test('does not leave over a connection that is kept alive', async () => {
    const avito = await startAvito();
    avito.replyOnce({ body: { id: 'm1' } });
    const client = clientAt(avito.baseUrl);
    await client.sendText(hello);
    expect(await client.sendText({ ...hello, mayLeave: () => false })).toMatchObject(tooLate);
    expect(avito.apiCalls()).toHaveLength(1);
  });

  test('does not leave after its token had to be renewed', async () => {
    const avito = await startAvito();
    avito.replyOnce({ status: 401 });
    let asked = 0;
    const mayLeave = () => (asked += 1) === 1;
    expect(await clientAt(avito.baseUrl).sendText({ ...hello, mayLeave })).toMatchObject(tooLate);
    expect(avito.apiCalls()).toHaveLength(1);
  });
});
