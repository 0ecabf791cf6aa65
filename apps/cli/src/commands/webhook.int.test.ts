import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, inject, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { useSimulatedAvito, WEBHOOK_TOKEN } from '../testing/simulated-avito.ts';

const avito = useSimulatedAvito();
const cli = (...argv: string[]) => runCli(['webhook', ...argv], avito.environment());
const register = (...argv: string[]) => cli('register', '--skip-probe', ...argv);
const asAnother = (...argv: string[]) =>
  runCli(
    ['webhook', ...argv, '--skip-probe'],
    avito.environment({ AVITO_WEBHOOK_TOKEN: 'the-token-of-a-crm' }),
  );

const OURS = `https://shop.example/api/v1/webhooks/avito/messages/${WEBHOOK_TOKEN}`;
const FOREIGN = 'https://crm.example/hook/the-token-of-a-crm';

afterEach(async () => {
  await cli('unregister', OURS);
  await cli('unregister', FOREIGN);
});

test('a server is registered with path and token, seen, renewed and removed', async () => {
  expect(await register('https://shop.example')).toMatchObject({
    exitCode: 0,
    stdout: `registered: ${OURS}\n`,
  });
  expect(await cli('status')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(`^ours  ${OURS}\ntoken: granted, ends 20.* UTC\n$`),
  });
  expect((await register(OURS)).stdout).toBe(`renewed: ${OURS}\n`);
  expect((await cli('unregister')).stdout).toBe(`removed: ${OURS}\n`);
  expect(await cli('unregister')).toMatchObject({ exitCode: 0, stdout: 'There was nothing to remove.\n' });
});

test('without a subscription of ours the status is exit code 1', async () => {
  expect(await cli('status')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/^No webhook is registered[^]*\nwebhook-gone: /),
  });
  await asAnother('register', 'https://crm.example/hook');
  expect(await cli('status')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(`^another system's  ${FOREIGN}\n[^]*\nwebhook-replaced: .*${FOREIGN}`),
  });
});

test("another system's place is taken only with --replace, which the refusal names", async () => {
  await asAnother('register', 'https://crm.example/hook');
  const refused = await register('https://shop.example');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/^webhook\.foreign-subscription: .*crm\.example.*--replace/);
  const replaced = await register('https://shop.example', '--replace', '--json');
  expect(JSON.parse(replaced.stdout)).toEqual({
    accountId: avito.accountId,
    url: OURS,
    outcome: 'registered',
    removed: [FOREIGN],
    warnings: [],
  });
});

test('with --json the status is an object', async () => {
  await register('https://shop.example');
  const { stdout } = await cli('status', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    accountId: avito.accountId,
    subscriptions: [{ url: OURS, owner: 'ours' }],
    token: { isGranted: true, hasRefreshToken: false, expiresAt: expect.any(String) },
    problems: [],
  });
});

test('an address that is none is a wrong call', async () => {
  expect(await register('nonsense')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^webhook\.bad-url: .*https:\/\//),
  });
});

test('an address that does not answer is not registered, and the refusal names --skip-probe', async () => {
  expect(await cli('register', 'http://127.0.0.1:1')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^webhook\.unreachable: .*--skip-probe/),
  });
  expect((await cli('status')).stdout).toMatch(/^No webhook is registered/);
});

test('with a database the registration is remembered, and another address of ours is noticed', async () => {
  const databaseUrl = inject('databaseUrl');
  const accountId = String(avito.accountId);
  const withDatabase = (...argv: string[]) =>
    runCli(['webhook', ...argv], avito.environment({ DATABASE_URL: databaseUrl }));
  expect(await withDatabase('register', 'https://new-shop.example', '--skip-probe')).toMatchObject({
    exitCode: 0,
    stderr: expect.not.stringContaining('without the database'),
  });
  expect((await withDatabase('status')).stdout).toMatch(/last event: /);
  await register('https://shop.example', '--account', accountId);
  expect(await withDatabase('status')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('webhook-replaced: '),
  });
  expect(await cli('status')).toMatchObject({ exitCode: 0 });
});

test('wrong keys and an Avito that is not there are told as problems, with exit code 1', async () => {
  const wrongKeys = avito.environment({ AVITO_CLIENT_SECRET: 'wrong' });
  expect(await runCli(['webhook', 'status'], wrongKeys)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/^token: refused\ntoken-refused: .*client_secret/),
  });
  const nowhere = avito.environment({ AVITO_API_BASE_URL: 'http://127.0.0.1:1' });
  expect(await runCli(['webhook', 'status'], nowhere)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/\navito-unreachable: /),
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
  expect((await withAccounts('register', 'https://shop.example', '--skip-probe', ...named)).stdout).toBe(
    `registered: ${address}\n`,
  );
  expect((await withAccounts('status', ...named)).stdout).toMatch(`ours  ${address}\n`);
  expect((await withAccounts('unregister', ...named)).stdout).toBe(`removed: ${address}\n`);
  expect(await withAccounts('status', '--account', '6')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('account 6 is not configured'),
  });
});
