import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { queueKinds, useStack } from './stack-fixture.ts';

const [queue = 'postgres'] = queueKinds.toReversed();

const MARK = `канарейка${Date.now().toString(36)}`;
const PHONE = '+7 912 345-67-89';
const EMAIL = `${Date.now().toString(36)}@canary.example`;
const KEY = 'sk-canary-0123456789abcdef';

/** What a model server may do wrong, each time with the whole of what it was asked in its answer. */
const misdeeds = [
  (asked: string) => ({ status: 400, body: JSON.stringify({ error: { message: asked, code: asked } }) }),
  (asked: string) => ({ status: 500, body: JSON.stringify({ error: { message: asked } }) }),
  (asked: string) => ({ status: 401, body: asked }),
  (asked: string) => ({ status: 429, body: JSON.stringify({ error: { message: asked } }) }),
  (asked: string) => ({ status: 200, body: `это не JSON: ${asked}` }),
  (asked: string) => ({ status: 200, body: JSON.stringify({ choices: [{ message: { content: asked } }] }) }),
];
let requests = 0;
const model = createServer(async (request, response) => {
  const misdeed = misdeeds[requests % misdeeds.length] ?? misdeeds[0];
  requests += 1;
  const { status, body } = misdeed?.(`${await textOf(request)} ${request.headers.authorization}`) ?? {};
  response.writeHead(status ?? 500, { 'content-type': 'application/json' });
  response.end(body);
});
await new Promise<void>((resolve) => {
  model.listen(0, '127.0.0.1', resolve);
});
afterAll(() => {
  model.closeAllConnections();
  model.close();
});

describe('logs', () => {
  const { accountId, adminApiKey, log, stack, simulator, sign, webhookToken, addFault } = useStack({
    queue,
    logLevel: 'debug',
    extraEnv: {
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`,
      OPENAI_CHAT_MODEL: 'echo',
    },
  });
  // The simulator stands for Avito: what it logs is not ours.
  const ours = () => log.filter((line) => !line.startsWith('[simulator]'));
  const shown = () => ours().filter((line) => !line.includes('"level":"debug"'));

  test('hold nothing that buyers wrote and no secret, whatever goes wrong', async () => {
    const echo = `Ошибка у покупателя ${MARK}, ${PHONE}, ${EMAIL}`;
    const error = { error: { code: 400, message: echo } };
    const ask = async (text: string) => {
      await simulator().buyerWrites({ buyerName: `Имя ${MARK}`, text: `${text} ${MARK} ${PHONE} ${EMAIL}` });
      await simulator().waitUntilAnswered({ timeoutMs: 20_000, settleMs: 500 });
    };
    for (const question of misdeeds) {
      await ask(`Какая гарантия на телефоны? ${misdeeds.indexOf(question)}`);
    }
    expect(requests).toBeGreaterThanOrEqual(misdeeds.length);

    await addFault({ endpoint: 'get-chat', times: 2, effect: { kind: 'status', status: 403, body: error } });
    await ask('Можно оплатить картой?');
    await addFault({ endpoint: 'get-chat', times: 1, effect: { kind: 'status', status: 500, body: error } });
    await ask('Доставка в Казань есть?');
    await addFault({ endpoint: 'get-chat', times: 1, effect: { kind: 'text', status: 200, text: echo } });
    await ask('Где вы находитесь?');
    await addFault({ endpoint: 'send-text', times: 1, effect: { kind: 'status', status: 429, body: error } });
    await ask('До скольки вы работаете?');
    await addFault({ endpoint: 'send-text', times: 1, effect: { kind: 'status', status: 400, body: error } });
    await simulator().buyerWrites({ text: `Есть рассрочка? ${MARK}` });
    await addFault({ endpoint: 'send-text', times: 1, effect: { kind: 'text', status: 502, text: echo } });
    await simulator().buyerWrites({ text: `Есть чехлы? ${MARK}` });

    const post = (body: string, signature = sign(body)) =>
      fetch(stack().webhookUrl, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-avito-signature': signature },
      });
    await post(`{"text": "${MARK}`);
    await post(JSON.stringify({ payload: { type: 'message', value: { user_id: accountId, text: MARK } } }));
    await post(JSON.stringify({ payload: { type: MARK, value: { content: PHONE } } }));
    await post(JSON.stringify({ text: MARK }), 'wrong');
    const admin = (path: string, body: unknown) =>
      fetch(`${stack().adminUrl}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    await admin('/api/v1/answers', { question: `Цена? ${MARK} ${PHONE}` });
    await admin('/api/v1/answers', `{"question": "${MARK}`);
    await admin('/api/v1/answers', { question: { [MARK]: MARK } });
    await admin('/api/v1/erasures', { chat_id: 1, [MARK]: MARK });
    await simulator().waitUntilAnswered({ timeoutMs: 10_000, settleMs: 1_500 });

    expect(shown().length).toBeGreaterThan(20);
    expect(shown().join('\n')).toMatch(/the answer of the model is not used/);
    expect(shown().join('\n')).toMatch(/Avito did not tell it/);
    const canaries = [MARK, PHONE, EMAIL];
    expect(shown().filter((line) => canaries.some((canary) => line.includes(canary)))).toEqual([]);
    const hidden = [KEY, adminApiKey, webhookToken];
    expect(ours().filter((line) => hidden.some((secret) => line.includes(secret)))).toEqual([]);
    expect(ours().filter((line) => /bearer\s+\S/i.test(line))).toEqual([]);
  });
});
