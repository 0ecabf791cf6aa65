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
  expect(JSON.parse(stdout)).toEqual({ outcome: 'sent', messageId: expect.any(String) });
});

test('a chat that is not there: it did not arrive, exit code 1', async () => {
  const { exitCode, stdout, stderr } = await send('no-such-chat', 'Добрый день', '--json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'not-sent', error: { code: 'avito.not-found' } });
  expect(stderr).toMatch(/It did not arrive\.\n$/);
});

test.each([
  ['empty', '', /avito\.empty-text/],
  ['longer than Avito takes', 'а'.repeat(1_001), /avito\.text-too-long: .*1000/],
])('a text that is %s is a wrong call', async (_name, text, message) => {
  expect(await send('any-chat', text)).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(message) });
});
