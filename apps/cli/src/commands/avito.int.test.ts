import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { useSimulatedAvito } from '../testing/simulated-avito.ts';

const avito = useSimulatedAvito();
const cli = (...argv: string[]) => runCli(argv, avito.environment());
const json = async (...argv: string[]) => JSON.parse((await cli(...argv, '--json')).stdout) as unknown;

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function control(path: string, body: unknown = {}): Promise<Record<string, unknown>> {
  const response = await fetch(`${avito.url()}/_control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>);
}

async function fileWith(bytes: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'autoreply-image-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'photo.png');
  await writeFile(path, bytes);
  return path;
}

describe('reading', () => {
  test('chats and messages are tables, and objects with --json', async () => {
    const { chatId } = await avito.control().buyerWrites({ text: 'Торг есть?' });
    const chats = await cli('chats');
    expect(chats).toMatchObject({ exitCode: 0, stderr: '' });
    expect(chats.stdout).toMatch(/^chat +updated +buyer +listing +last message\n/);
    expect(chats.stdout).toContain(chatId);
    expect((await cli('messages', chatId)).stdout).toMatch(/ UTC +in +[0-9a-f]{32} +Торг есть\?\n/);
    expect(await json('messages', chatId)).toMatchObject({
      accountId: avito.accountId,
      chatId,
      messages: [{ direction: 'in', text: 'Торг есть?' }],
    });
  });

  test('read chats are no longer among the unread ones', async () => {
    const { chatId } = await avito.control().buyerWrites({ text: 'x' });
    expect((await cli('chats', '--unread')).stdout).toContain(chatId);
    expect((await cli('mark-read', chatId)).exitCode).toBe(0);
    expect((await cli('chats', '--unread')).stdout).not.toContain(chatId);
  });

  test('listings are listed by their states', async () => {
    expect((await cli('items')).stdout).toMatch(
      /^listing +status +price +title\n7632548911 +active +52990 ₽ +/,
    );
    expect((await cli('items', '--status', 'old', 'removed')).stdout).toBe('There is no such listing.\n');
  });

  test('a voice message has an address, and an unknown one is exit code 1', async () => {
    const written = await control('messages', { type: 'voice' });
    const { content } = written['message'] as { content: { voice: { voice_id: string } } };
    const voiceId = content.voice.voice_id;
    // The simulator's ids are long: they hold what is said.
    expect((await cli('messages', String(written['chatId']))).stdout).toContain(
      `[voice ${voiceId.slice(0, 30)}`,
    );
    expect(await cli('voice-url', voiceId)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/https?:/),
    });
    expect(await cli('voice-url', 'none')).toMatchObject({
      exitCode: 1,
      stdout: 'none  Avito gives no address for it\n',
    });
  });
});

describe('writing', () => {
  test('an image is sent, and deleted again', async () => {
    const { chatId } = await avito.control().buyerWrites({ text: 'Фото есть?' });
    const file = await fileWith(PNG);
    const sent = await json('send-image', '--chat', chatId, '--file', file);
    expect(sent).toEqual({ outcome: 'sent', messageId: expect.any(String), imageId: expect.any(String) });
    const { messageId } = sent as { messageId: string };
    expect(await cli('delete-message', chatId, messageId)).toMatchObject({
      exitCode: 0,
      stdout: `deleted: message ${messageId}\n`,
    });
    expect((await cli('messages', chatId)).stdout).toContain('[deleted]');
  });

  test('a buyer is blacklisted', async () => {
    expect(await json('blacklist', '287654321', '--reason', 'fraud', '--item', '7632548911')).toEqual({
      accountId: avito.accountId,
      buyerId: 287_654_321,
      reason: 'fraud',
      blacklisted: true,
    });
  });
});

describe('wrong calls say what is wrong', () => {
  test.each<[argv: string[], exitCode: number, message: RegExp]>([
    [['chats', '--limit', '101'], 2, /^avito\.bad-request: .*limit/],
    [['chats', '--account', '7'], 2, /^account\.unknown: .*401122334/],
    [['messages', 'no-such-chat'], 1, /^avito\.not-found: /],
    [['messages'], 2, /missing required argument 'chat'/],
    [['mark-read', 'no-such-chat'], 1, /^avito\.not-found: /],
    [['mark-read', '..'], 2, /^avito\.bad-request: .*not a chat id/],
    [['delete-message', 'no-such-chat', 'm'], 1, /^avito\.not-found: /],
    [['delete-message', 'x', '..'], 2, /^avito\.bad-request: .*not a message id/],
    [['voice-url'], 2, /missing required argument 'voice'/],
    [['voice-url', ''], 2, /^avito\.bad-request: voiceIds/],
    [['blacklist', 'Иван', '--reason', 'spam'], 2, /must be a whole number above 0/],
    [['blacklist', '7', '--reason', 'rude'], 2, /Allowed choices are spam, fraud, abuse, other/],
    [['items', '--status', 'sold'], 2, /Allowed choices are active/],
    [['items', '--page', '0'], 2, /must be a whole number above 0/],
    [['send-image', '--chat', 'x', '--file', '/no/such/file.png'], 2, /^cli\.no-file: \/no\/such\/file\.png/],
    [['send-image', '--chat', 'x'], 2, /required option '--file/],
    [['connect'], 2, /^account\.own-keys: .*AVITO_GRANT=consent/],
    [['connect', '--code', 'x', '--account', 'seven'], 2, /must be a whole number/],
    [['connect', '--code', 'x'], 2, /^cli\.code-without-state: --code and --state go together/],
  ])('%j', async (argv, exitCode, message) => {
    expect(await cli(...argv)).toMatchObject({ exitCode, stderr: expect.stringMatching(message) });
  });

  test('a file that is no image is not uploaded', async () => {
    const file = await fileWith(Buffer.from('%PDF-1.7'));
    expect(await cli('send-image', '--chat', 'x', '--file', file)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^avito\.image-type: .*JPEG, PNG/),
    });
  });
});

describe('an account connected by consent', () => {
  const databaseUrl = inject('databaseUrl');
  beforeAll(() => migrate({ url: databaseUrl, logger: silentLogger }));

  /** An account of its own on the simulator, as `.env` names it. */
  async function setUp() {
    const id = randomInt(1_000_000_000, 9_000_000_000);
    const keys = { clientId: `id-${id}`, clientSecret: `secret-${id}` };
    await control('accounts', { id, ...keys });
    const environment = avito.environment({
      AVITO_CLIENT_ID: keys.clientId,
      AVITO_CLIENT_SECRET: keys.clientSecret,
      AVITO_USER_ID: String(id),
      AVITO_GRANT: 'consent',
      AVITO_TOKEN_KEY: randomBytes(32).toString('hex'),
      DATABASE_URL: databaseUrl,
    });
    const codeOf = async (accountId: number) =>
      String((await control('authorization-codes', { accountId }))['code']);
    const run = (...argv: string[]) => runCli(argv, environment);
    /** The whole way of an owner: the page, and back with code and state. */
    const connect = async (code: string) => {
      const page = /https:\S+/.exec((await run('connect')).stdout)?.[0] ?? '';
      const state = URL.parse(page)?.searchParams.get('state') ?? '';
      // With equals signs: both are random and may begin like an option.
      return run('connect', `--code=${code}`, `--state=${state}`);
    };
    const connected = async () => {
      const code = await codeOf(id);
      expect(await connect(code)).toMatchObject({
        exitCode: 0,
        stdout: `connected: account ${id}; its tokens renew themselves\n`,
      });
      return code;
    };
    return { run, environment, codeOf, id, connect, connected };
  }

  const tokenRequests = async () => {
    const response = await fetch(`${avito.url()}/_control/ledger`);
    const { requests } = (await response.json()) as { requests: { endpoint: string }[] };
    return requests.filter(({ endpoint }) => endpoint === 'token').length;
  };

  test('is shown the page to consent on, connected by the code, and served', async () => {
    const { run, connected } = await setUp();
    expect(await run('chats')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^avito\.not-connected: /),
    });
    expect((await run('connect')).stdout).toMatch(/https:\/\/avito\.ru\/oauth\?.*state=/);
    await connected();
    expect(await run('chats')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('is not connected by a used code, nor by the consent of another account', async () => {
    const { codeOf, connect, connected } = await setUp();
    const code = await connected();
    expect((await connect(code)).stderr).toMatch(/^avito\.bad-code: /);
    expect(await connect(await codeOf(avito.accountId))).toMatchObject({ exitCode: 1 });
  });

  test('is not connected by a state that was not handed out', async () => {
    const { id, run, codeOf } = await setUp();
    expect(await run('connect', `--code=${await codeOf(id)}`, '--state', 'made-up')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^avito\.unknown-state: /),
    });
  });

  test('needs the key that keeps its tokens, the same one everywhere', async () => {
    const { environment, connected } = await setUp();
    await connected();
    const without = await runCli(['chats'], { ...environment, AVITO_TOKEN_KEY: undefined });
    expect(without).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('AVITO_TOKEN_KEY: is missing'),
    });
    const otherKey = { ...environment, AVITO_TOKEN_KEY: randomBytes(32).toString('hex') };
    expect(await runCli(['chats'], otherKey)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^avito\.token-store: .*database\.wrong-token-key/),
    });
  });

  test('renews its tokens once when several processes find them expired, and all of them go on', async () => {
    const { id, run, connected } = await setUp();
    await connected();
    await control('expired-tokens', { accountId: id });
    const before = await tokenRequests();
    const results = await Promise.all(Array.from({ length: 4 }, () => run('chats')));
    expect(results).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ exitCode: 0, stderr: '' })),
    );
    expect((await tokenRequests()) - before).toBe(1);
  });
});
