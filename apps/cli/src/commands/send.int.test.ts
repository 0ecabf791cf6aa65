import { expect, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { useSimulatedAvito } from '../testing/simulated-avito.ts';

const avito = useSimulatedAvito();
const send = (...argv: string[]) => runCli(['send', ...argv], avito.environment());

test('a text arrives once, and the user is told that automatic answers pause', async () => {
  const { chatId } = await avito.control().buyerWrites({ text: 'Здравствуйте' });
  const { exitCode, stdout } = await send(chatId, 'Добрый день');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^sent: message \S+\nThe automatic answers of this chat pause/);
  const message = (await avito.control().ledger()).buyerMessages.find((each) => each.chatId === chatId);
  expect(message?.state).toBe('once');
});

test('with --json the message id is in the object', async () => {
  const { chatId } = await avito.control().buyerWrites({ text: 'Здравствуйте' });
  const { stdout } = await send(chatId, 'Добрый день', '--json');
  const messageId = expect.any(String) as unknown;
  expect(JSON.parse(stdout)).toEqual({
    outcome: 'sent',
    messageId,
    parts: [{ outcome: 'sent', messageId }],
  });
});

test('a chat that is not there: it did not arrive, exit code 1', async () => {
  const { exitCode, stdout, stderr } = await send('no-such-chat', 'Добрый день', '--json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'not-sent', error: { code: 'avito.not-found' } });
  expect(stderr).toMatch(/It did not arrive\.\n$/);
});

test('a text above what Avito takes arrives in parts', async () => {
  const { chatId } = await avito.control().buyerWrites({ text: 'Расскажите подробнее' });
  const { exitCode, stdout } = await send(chatId, 'Предложение о товаре. '.repeat(60));
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^sent: message 1 of 2 \S+\nsent: message 2 of 2 \S+\nThe automatic/);
});

test('a text whose second part is refused is exit code 1, and says what came of each part', async () => {
  const { chatId } = await avito.control().buyerWrites({ text: 'Расскажите подробнее' });
  const fault = (id: string, times: number, effect: unknown) =>
    fetch(`${avito.url()}/_control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, endpoint: 'send-text', chatId, times, effect }),
    });
  // The first strikes the first call and lets it through, so that the second one meets the refusal.
  await fault('late', 1, { kind: 'slow', delayMs: 1 });
  await fault('refused', 1, { kind: 'status', status: 402 });
  const { exitCode, stdout, stderr } = await send(chatId, 'Предложение о товаре. '.repeat(60), '--json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'partly-sent',
    parts: [
      { outcome: 'sent', messageId: expect.any(String) },
      { outcome: 'not-sent', error: { code: 'avito.payment-required' } },
    ],
    error: { code: 'avito.payment-required' },
  });
  expect(stderr).toMatch(/Send only what is missing|send only what is missing/);
});

test('an empty text is a wrong call', async () => {
  expect(await send('any-chat', ' ')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^avito\.empty-text/),
  });
});
