import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { startFakeRedis } from '../testing/fake-redis.ts';
import { useSimulatedAvito } from '../testing/simulated-avito.ts';
import { connectQueues, migrateQueueSchema } from '@avito-autoreply/queue';
import { silentLogger } from '@avito-autoreply/runtime';
import { checkQueues } from './check-queues.ts';
import { checkPostgres, checkRedis } from './check-services.ts';
import { examine } from './doctor.ts';
import type { Finding } from './finding.ts';

const avito = useSimulatedAvito();
const sound = (overrides: Record<string, string> = {}) =>
  avito.environment({
    DATABASE_URL: inject('databaseUrl'),
    QUEUE_BACKEND: 'postgres',
    ADMIN_API_KEY: 'a-key-for-the-tests',
    ...overrides,
  });
const about = (findings: readonly Finding[], subject: string) =>
  findings.filter((finding) => finding.subject.endsWith(subject));

test('a sound configuration has no problem; a missing webhook is a warning with the command to run', async () => {
  const findings = await examine(sound());
  expect(findings.filter(({ status }) => status === 'problem')).toEqual([]);
  expect(about(findings, 'Migrations')).toEqual([expect.objectContaining({ status: 'ok' })]);
  expect(about(findings, 'Redis')).toEqual([expect.objectContaining({ status: 'skipped' })]);
  expect(about(findings, 'webhook')).toEqual([
    expect.objectContaining({
      status: 'warning',
      advice: expect.stringContaining('autoreply webhook register'),
    }),
  ]);
});

test("our subscription is found without showing its token, another system's is a warning", async () => {
  // Without the database: another test remembers a registration of the same account there.
  await runCli(['webhook', 'register', 'https://shop.example', '--skip-probe'], avito.environment());
  const [ours] = about(await examine(sound()), 'webhook');
  expect(ours).toMatchObject({ status: 'ok', message: expect.stringMatching(/<token of \d+ characters>$/) });
  const [foreign] = about(await examine(sound({ AVITO_WEBHOOK_TOKEN: 'quite-another-token' })), 'webhook');
  expect(foreign).toMatchObject({ status: 'warning', advice: expect.stringContaining('--replace') });
  await runCli(['webhook', 'unregister'], avito.environment());
});

test.each([
  [{ AVITO_CLIENT_SECRET: 'wrong' }, /bad-credentials/, /AVITO_CLIENT_SECRET/],
  [{ AVITO_USER_ID: '5' }, /belong to account 401122334/, /AVITO_USER_ID=401122334/],
  [{ AVITO_API_BASE_URL: 'http://127.0.0.1:1' }, /unreachable/, /AVITO_API_BASE_URL/],
])('with %j Avito is a problem with its own advice', async (overrides, message, advice) => {
  const problems = (await examine(sound(overrides))).filter(({ status }) => status === 'problem');
  expect(problems).toEqual([
    expect.objectContaining({
      message: expect.stringMatching(message),
      advice: expect.stringMatching(advice),
    }),
  ]);
});

test('several accounts are looked at one by one, each with its gate, its keys and its webhook', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'accounts.json');
  const sandbox = { client_id: 'sandbox', client_secret: 'sandbox-secret' };
  await writeFile(
    path,
    JSON.stringify([
      { user_id: avito.accountId, name: 'Техника', ...sandbox, webhook: { token: 'the-token-of-the-first' } },
      { user_id: 5, ...sandbox, client_secret: 'wrong' },
    ]),
  );
  const findings = await examine({
    AVITO_API_BASE_URL: avito.url(),
    AVITO_ACCOUNTS_FILE: path,
    DATABASE_URL: inject('databaseUrl'),
    QUEUE_BACKEND: 'postgres',
    ADMIN_API_KEY: 'a-key-for-the-tests',
  });
  const statusOf = (subject: string) =>
    findings.find((finding) => finding.subject === subject)?.status ?? 'not looked at';
  const first = `Avito account ${avito.accountId} (Техника)`;
  expect(statusOf(`Webhook gate of account ${avito.accountId}`)).toBe('ok');
  expect(statusOf('Webhook gate of account 5')).toBe('problem');
  expect(statusOf(first)).toBe('ok');
  expect(statusOf('Avito account 5')).toBe('problem');
  expect(about(findings, `${first}: webhook`)).toMatchObject([
    { advice: expect.stringContaining(`--account ${avito.accountId}`) },
  ]);
});

const modelOf = (overrides: Record<string, string> = {}) => ({
  OPENAI_API_KEY: 'any',
  OPENAI_BASE_URL: `${avito.url()}/v1`,
  ...overrides,
});

/** The simulated model in this mode, for the time of a test. */
async function modelMode(mode: string) {
  const set = (modelMode: string) =>
    fetch(`${avito.url()}/_control/switches`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ modelMode }),
    });
  await set(mode);
  onTestFinished(async () => void (await set('honest')));
}

test('models that work are said to, each by its name', async () => {
  const findings = await examine(
    sound(
      modelOf({
        OPENAI_CHAT_MODEL: 'any-chat',
        OPENAI_SECOND_CHAT_MODEL: 'any-second',
        OPENAI_EMBEDDING_MODEL: 'any-embedding',
      }),
    ),
  );
  expect(about(findings, 'odel')).toEqual([
    { subject: 'Model', status: 'ok', message: 'any-chat answers' },
    { subject: 'Second model', status: 'ok', message: 'any-second answers' },
    { subject: 'Embedding model', status: 'ok', message: 'any-embedding makes vectors' },
  ]);
  expect(about(await examine(sound(modelOf())), 'Model')).toEqual([
    expect.objectContaining({ status: 'warning', advice: expect.stringContaining('OPENAI_CHAT_MODEL') }),
  ]);
});

test.each([
  ['failing', 'model.unavailable'],
  ['empty', 'model.bad-answer'],
])('a model that the server lists but that is %s is a problem', async (mode, code) => {
  await modelMode(mode);
  const found = about(await examine(sound(modelOf({ OPENAI_CHAT_MODEL: 'any-chat' }))), 'Model');
  expect(found).toEqual([
    {
      subject: 'Model',
      status: 'problem',
      message: `any-chat at ${avito.url()}/v1 does not work (${code})`,
      advice: expect.stringContaining('OPENAI_CHAT_MODEL'),
    },
  ]);
});

test.each([
  ['OPENAI_CHAT_MODEL', 'Model'],
  ['OPENAI_EMBEDDING_MODEL', 'Embedding model'],
])('a server that is away is a problem of %s', async (variable, subject) => {
  const away = modelOf({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', [variable]: 'any' });
  expect(about(await examine(sound(away)), 'odel')).toEqual([
    expect.objectContaining({ subject, status: 'problem', advice: expect.stringContaining(variable) }),
  ]);
});

test('a model for voices that the server does not list is a warning', async () => {
  const media = modelOf({ OPENAI_CHAT_MODEL: 'any', OPENAI_TRANSCRIPTION_MODEL: 'no-such-model' });
  expect(about(await examine(sound(media)), 'Media model')).toEqual([
    expect.objectContaining({ status: 'warning', message: expect.stringContaining('no-such-model') }),
  ]);
});

test.each([
  [{ OPENAI_PRICES_FILE: '/no/such/file.json' }, 'OPENAI_PRICES_FILE'],
  [{ OPENAI_MONTHLY_BUDGET: '100', OPENAI_CHAT_MODEL: 'any-chat' }, 'has no price for any-chat'],
])('prices by which no worker starts are a problem of the configuration: %j', async (overrides, said) => {
  const findings = about(await examine(sound(modelOf(overrides))), 'Configuration');
  expect(findings).toEqual([
    expect.objectContaining({ status: 'problem', message: expect.stringContaining(said) }),
  ]);
});

test('a Redis that may drop jobs is a problem, one that forgets at a restart a warning', async () => {
  const url = await startFakeRedis({
    redis_version: '7.4.0',
    maxmemory_policy: 'allkeys-lru',
    aof_enabled: '0',
  });
  expect(await checkRedis({ url, backend: undefined })).toEqual([
    expect.objectContaining({ status: 'ok', message: 'version 7.4.0 answers' }),
    expect.objectContaining({
      subject: 'Redis eviction',
      status: 'problem',
      advice: expect.stringContaining('noeviction'),
    }),
    expect.objectContaining({
      subject: 'Redis persistence',
      status: 'warning',
      advice: expect.stringContaining('appendonly'),
    }),
  ]);
});

test('a queue that somebody paused or limited on the board is a warning, until that is taken back', async () => {
  const prefix = `doctor-${crypto.randomUUID()}`;
  const url = inject('databaseUrl');
  await migrateQueueSchema({ url });
  const backend = { kind: 'postgres' as const, url, prefix };
  const queues = await connectQueues({ backend, role: 'viewer', logger: silentLogger });
  onTestFinished(() => queues.close());
  const [sends] = queues.boardQueues().filter(({ name }) => name.endsWith('sends'));
  expect(await checkQueues(backend)).toEqual([]);
  await sends?.pause();
  expect(await checkQueues(backend)).toEqual([
    expect.objectContaining({
      subject: 'Queue sends',
      status: 'warning',
      advice: expect.stringContaining('/queues'),
    }),
  ]);
  await sends?.resume();
  expect(await checkQueues(backend)).toEqual([]);
  expect(await checkQueues({ ...backend, url: 'postgres://u:p@127.0.0.1:1/x' })).toEqual([]);
});

test('a Postgres that does not answer is a problem', async () => {
  expect(await checkPostgres({ url: 'postgres://u:p@127.0.0.1:1/x' })).toEqual([
    expect.objectContaining({ status: 'problem', advice: expect.stringContaining('DATABASE_URL') }),
  ]);
});

test('the command lists findings with their advice and counts them; problems are exit code 1', async () => {
  const { exitCode, stdout } = await runCli(['doctor']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/✗ Webhook gate: .*\n {4}→ Set AVITO_WEBHOOK_TOKEN/);
  expect(stdout).toMatch(/2 to mend, 3 to think about\.\n$/);
  const asJson = await runCli(['doctor', '--json'], sound());
  expect(asJson.exitCode).toBe(0);
  expect(JSON.parse(asJson.stdout)).toMatchObject({ problems: 0, warnings: 1 });
});

test('all that any app would refuse is said at once, also of the files that variables name', async () => {
  const findings = await examine({
    RETENTION_DAYS: '-1',
    AVITO_ACCESS_CHECK_HOURS: 'often',
    AVITO_SETTINGS_FILE: '/no/such/settings.json',
    OPENAI_PRICES_FILE: '/no/such/prices.json',
    RERANK_MODEL: 'alone',
  });
  expect(findings.map(({ status, message }) => `${status} ${message.split(':')[0]}`).toSorted()).toEqual([
    'problem AVITO_ACCESS_CHECK_HOURS',
    'problem AVITO_SETTINGS_FILE',
    'problem OPENAI_PRICES_FILE',
    'problem RERANK_MODEL',
    'problem RETENTION_DAYS',
  ]);
});

test.each([
  [{ AVITO_WEBHOOK_AUTO_REGISTER: 'true' }, 'AVITO_WEBHOOK_PUBLIC_URL'],
  [{ AVITO_GRANT: 'consent' }, 'AVITO_TOKEN_KEY'],
])('what workers would refuse with %j is a problem of the configuration', async (overrides, variable) => {
  expect(about(await examine(sound(overrides)), 'Configuration')).toEqual([
    expect.objectContaining({ status: 'problem', message: expect.stringContaining(variable) }),
  ]);
});

test('a key by which the admin app does not start is a problem', async () => {
  expect(about(await examine(sound({ ADMIN_API_KEY: 'short' })), 'Admin key')).toEqual([
    expect.objectContaining({
      status: 'problem',
      message: expect.stringContaining('at least 16 characters'),
    }),
  ]);
});

test('models that are named, but not asked for want of a key, are a warning', async () => {
  const named = { OPENAI_CHAT_MODEL: 'local', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' };
  expect(about(await examine(sound(named)), 'Model')).toEqual([
    expect.objectContaining({
      status: 'warning',
      message: expect.stringContaining('OPENAI_CHAT_MODEL'),
      advice: expect.stringContaining('OPENAI_API_KEY'),
    }),
  ]);
});

test('wrong variables are findings by themselves', async () => {
  const findings = await examine({ INGEST_PORT: 'many', DATABASE_URL: 'bogus' });
  expect(findings.map(({ status, message }) => [status, message.split(':')[0]])).toEqual(
    expect.arrayContaining([
      ['problem', 'INGEST_PORT'],
      ['problem', 'DATABASE_URL'],
    ]),
  );
});
