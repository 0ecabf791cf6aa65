import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { useSimulatedAvito, WEBHOOK_TOKEN } from '../testing/simulated-avito.ts';

const avito = useSimulatedAvito();
const cli = (...argv: string[]) => runCli(['webhook', ...argv], avito.environment());
const asAnother = (...argv: string[]) =>
  runCli(['webhook', ...argv], avito.environment({ AVITO_WEBHOOK_TOKEN: 'the-token-of-a-crm' }));

const OURS = `https://shop.example/api/v1/webhooks/avito/messages/${WEBHOOK_TOKEN}`;
const FOREIGN = 'https://crm.example/hook/the-token-of-a-crm';

afterEach(async () => {
  await cli('unregister', OURS);
  await cli('unregister', FOREIGN);
});

test('a server is registered with path and token, seen, renewed and removed', async () => {
  expect(await cli('register', 'https://shop.example')).toMatchObject({
    exitCode: 0,
    stdout: `registered: ${OURS}\n`,
  });
  expect(await cli('status')).toMatchObject({ exitCode: 0, stdout: `ours  ${OURS}\n` });
  expect((await cli('register', OURS)).stdout).toBe(`renewed: ${OURS}\n`);
  expect((await cli('unregister')).stdout).toBe(`removed: ${OURS}\n`);
  expect(await cli('unregister')).toMatchObject({ exitCode: 0, stdout: 'There was nothing to remove.\n' });
});

test('without a subscription of ours the status is exit code 1', async () => {
  expect(await cli('status')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/^No webhook is registered/),
  });
  await asAnother('register', 'https://crm.example/hook');
  expect(await cli('status')).toMatchObject({ exitCode: 1, stdout: `another system's  ${FOREIGN}\n` });
});

test("another system's place is taken only with --replace, which the refusal names", async () => {
  await asAnother('register', 'https://crm.example/hook');
  const refused = await cli('register', 'https://shop.example');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/^webhook\.foreign-subscription: .*crm\.example.*--replace/);
  const replaced = await cli('register', 'https://shop.example', '--replace', '--json');
  expect(JSON.parse(replaced.stdout)).toEqual({
    accountId: avito.accountId,
    url: OURS,
    outcome: 'registered',
    removed: [FOREIGN],
  });
});

test('with --json the status is an object', async () => {
  await cli('register', 'https://shop.example');
  const { stdout } = await cli('status', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    accountId: avito.accountId,
    subscriptions: [{ url: OURS, owner: 'ours' }],
  });
});

test('an address that is none is a wrong call', async () => {
  expect(await cli('register', 'nonsense')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^webhook\.bad-url: .*https:\/\//),
  });
});

test('wrong keys and an Avito that is not there are exit code 1 and say what to check', async () => {
  const wrongKeys = avito.environment({ AVITO_CLIENT_SECRET: 'wrong' });
  expect(await runCli(['webhook', 'status'], wrongKeys)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^avito\.bad-credentials: .*AVITO_CLIENT_SECRET/),
  });
  const nowhere = avito.environment({ AVITO_API_BASE_URL: 'http://127.0.0.1:1' });
  expect(await runCli(['webhook', 'status'], nowhere)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^avito\.unreachable: .*AVITO_API_BASE_URL/),
  });
});

test('one of several accounts is registered under an address that names it, with its own token', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'accounts.json');
  const credentials = { client_id: 'sandbox', client_secret: 'sandbox-secret' };
  await writeFile(
    path,
    JSON.stringify([
      { user_id: avito.accountId, ...credentials, webhook: { token: 'the-token-of-the-first' } },
      { user_id: 5, ...credentials },
    ]),
  );
  const environment = { AVITO_API_BASE_URL: avito.url(), AVITO_ACCOUNTS_FILE: path };
  const withAccounts = (...argv: string[]) => runCli(['webhook', ...argv], environment);
  const address = `https://shop.example/api/v1/webhooks/avito/messages/${avito.accountId}/the-token-of-the-first`;

  expect(await withAccounts('register', 'https://shop.example')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`--account: ${avito.accountId}, 5`),
  });
  const named = ['--account', String(avito.accountId)];
  expect((await withAccounts('register', 'https://shop.example', ...named)).stdout).toBe(
    `registered: ${address}\n`,
  );
  expect((await withAccounts('status', ...named)).stdout).toBe(`ours  ${address}\n`);
  expect((await withAccounts('unregister', ...named)).stdout).toBe(`removed: ${address}\n`);
  expect(await withAccounts('status', '--account', '6')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('account 6 is not configured'),
  });
});
