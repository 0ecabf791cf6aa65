import { inspect } from 'node:util';
import { errorInfo } from '@avito-autoreply/runtime';
import { expect, test, vi } from 'vitest';
import { createAvitoClient } from './client.ts';
import { freePort, startAvito } from './testing/avito-stand-in.ts';
import { buyerMessage, CHAT_ID, USER_ID } from './testing/examples.ts';

type Avito = Awaited<ReturnType<typeof startAvito>>;
const SECRETS = /token-1|token-2|s3cret|скидка|Торг есть|hook-s3gment/;

/** The error of whatever way a call reports it. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    const result = await call;
    return typeof result === 'object' && result !== null && 'error' in result ? result.error : undefined;
  } catch (error) {
    return error;
  }
}

// Much of this echoes what it got, as a careless gateway might.
const faults: [string, (avito: Avito) => void][] = [
  [
    'a refusal that echoes the body',
    (avito) =>
      avito.replyOnce((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.once('end', () => {
          response.writeHead(400);
          response.end(JSON.stringify({ message: `bad: ${Buffer.concat(chunks).toString()}` }));
        });
      }),
  ],
  [
    'a refusal that echoes the token',
    (avito) => avito.replyOnce({ status: 400, body: { error: { code: 400, message: 'bad: token-1' } } }),
  ],
  ['a page that echoes', (avito) => avito.replyOnce({ body: 'Торг есть скидка token-1' })],
  [
    'an answer of another form',
    (avito) =>
      avito.replyOnce({ body: { messages: 'Торг есть', id: ['скидка'], url: 'token-1', ok: false } }),
  ],
  ['a broken connection', (avito) => avito.replyOnce((request) => request.socket.destroy())],
  ['silence', (avito) => avito.replyOnce((request) => request.resume())],
  [
    'a refused token',
    (avito) => avito.replyToTokenOnce({ status: 400, body: { message: 's3cret is wrong' } }),
  ],
  ['a broken token request', (avito) => avito.replyToTokenOnce((request) => request.socket.destroy())],
];

const calls = {
  sendText: (client: ReturnType<typeof createAvitoClient>) =>
    client.sendText({ userId: USER_ID, chatId: CHAT_ID, text: 'Вам скидка' }),
  listMessages: (client: ReturnType<typeof createAvitoClient>) =>
    client.listMessages({ userId: USER_ID, chatId: CHAT_ID }),
  registerWebhook: (client: ReturnType<typeof createAvitoClient>) =>
    client.registerWebhook({ userId: USER_ID, url: 'https://shop.example/hook-s3gment' }),
};

test.each(
  Object.entries(calls).flatMap(([name, call]) =>
    faults.map(([fault, arrange]) => ({ name, call, fault, arrange })),
  ),
)('the error of $name after $fault tells no secret and no text', async ({ call, arrange }) => {
  const avito = await startAvito();
  arrange(avito);
  const credentials = { clientId: 'client', clientSecret: 's3cret' };
  const error = await failureOf(
    call(createAvitoClient({ baseUrl: avito.baseUrl, credentials, timeoutMs: 300 })),
  );
  expect(error).toMatchObject({ code: expect.stringMatching(/^avito\./) });
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(SECRETS);
  expect(JSON.stringify(errorInfo(error))).not.toMatch(SECRETS);
});

test('an entry that is left out is reported without what it holds', async () => {
  const avito = await startAvito();
  const warn = vi.fn();
  const logger = { debug: vi.fn(), info: warn, warn, error: warn, child: () => logger };
  avito.replyOnce({ body: { messages: [{ ...buyerMessage, created: 'Торг есть' }] } });
  const credentials = { clientId: 'client', clientSecret: 's3cret' };
  const client = createAvitoClient({ baseUrl: avito.baseUrl, credentials, logger });
  expect((await calls.listMessages(client)).messages).toEqual([]);
  expect(warn).toHaveBeenCalledOnce();
  expect(JSON.stringify(warn.mock.calls)).not.toMatch(SECRETS);
});

test('a proxy named in the environment does not get to see the traffic', async () => {
  const proxy = `http://127.0.0.1:${await freePort()}`;
  for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']) vi.stubEnv(name, proxy);
  vi.stubEnv('NO_PROXY', '');
  vi.stubEnv('no_proxy', '');
  const avito = await startAvito();
  avito.replyOnce({ body: { messages: [] } });
  const credentials = { clientId: 'client', clientSecret: 's3cret' };
  const client = createAvitoClient({ baseUrl: avito.baseUrl, credentials });
  expect((await calls.listMessages(client)).messages).toEqual([]);
  vi.unstubAllEnvs();
});
