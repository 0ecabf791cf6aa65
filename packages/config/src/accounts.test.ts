import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type AccountConfig,
  accountsEnv,
  loadAccounts,
  loadWebhookAccounts,
  requireAccounts,
  secretsOf,
} from './accounts.ts';
import { ConfigError, loadConfig } from './load-config.ts';
import { policySettings } from './policy-settings.ts';

const load = async (env: Record<string, string>): Promise<AccountConfig[]> =>
  loadAccounts(loadConfig(accountsEnv, env));

async function file(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'accounts.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const entry = (userId: number, more: Record<string, unknown> = {}) => ({
  user_id: userId,
  client_id: `id-${userId}`,
  client_secret: `secret-${userId}`,
  ...more,
});
const fromFile = async (entries: unknown, env: Record<string, string> = {}) =>
  load({ AVITO_ACCOUNTS_FILE: await file(entries), ...env });

/** The problems of a file, without the variable and the path that stand before each. */
async function problemsOf(entries: unknown, env: Record<string, string> = {}): Promise<string[]> {
  const error: unknown = await fromFile(entries, env).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('the file was taken', { cause: error });
  return error.problems.map((line) => line.replace(/^AVITO_ACCOUNTS_FILE: \S+accounts\.json:? /, ''));
}

const single = { AVITO_CLIENT_ID: 'id', AVITO_CLIENT_SECRET: 'secret', AVITO_USER_ID: '7632548911' };

describe('one account, by the environment', () => {
  test('three variables make it, with what the environment says for all; ids may exceed 32 bits', async () => {
    expect(await load({ ...single, AVITO_WEBHOOK_SECRET: 'key', AVITO_AUTO_REPLY_ENABLED: 'false' })).toEqual(
      [
        {
          userId: 7_632_548_911,
          name: undefined,
          clientId: 'id',
          clientSecret: 'secret',
          webhook: { secrets: ['key'], signatureMode: 'hmac', token: undefined },
          isNamedInPath: false,
          settings: {
            autoReplyEnabled: false,
            responseDelaySeconds: 2,
            responseMaxWaitSeconds: 30,
            maxMessageAgeMinutes: 60,
            policy: policySettings({}),
            retentionDays: 365,
          },
          knowledgeAccountId: 7_632_548_911,
        },
      ],
    );
  });

  test('half an account is a problem, none at all is not until one is required', async () => {
    await expect(load({ AVITO_CLIENT_ID: 'id' })).rejects.toThrow(/AVITO_CLIENT_SECRET[\s\S]*AVITO_USER_ID/);
    expect(await load({})).toEqual([]);
    expect(() => requireAccounts([])).toThrow(/AVITO_ACCOUNTS_FILE/);
  });

  test('it is nothing to ingest, which has the environment alone', async () => {
    expect(await loadWebhookAccounts(loadConfig(accountsEnv, single))).toBeUndefined();
  });
});

describe('several accounts, by a file', () => {
  test('each has what the file says of it, and the rest from the environment', async () => {
    const [first, second] = await fromFile(
      [
        entry(1, {
          name: 'Техника',
          webhook: { token: 'token-of-the-first', secret: 'new,old' },
          settings: { auto_reply_enabled: false, response_delay_seconds: 0 },
          knowledge_of: 2,
        }),
        entry(2),
      ],
      { AVITO_WEBHOOK_TOKEN: 'token-of-everybody', AVITO_RESPONSE_DELAY_SECONDS: '7' },
    );
    expect(first).toMatchObject({
      name: 'Техника',
      webhook: { token: 'token-of-the-first', secrets: ['new', 'old'], signatureMode: 'hmac' },
      settings: { autoReplyEnabled: false, responseDelaySeconds: 0, responseMaxWaitSeconds: 30 },
      knowledgeAccountId: 2,
      isNamedInPath: true,
    });
    expect(second).toMatchObject({
      webhook: { token: 'token-of-everybody', secrets: [], signatureMode: 'off' },
      settings: { autoReplyEnabled: true, responseDelaySeconds: 7 },
      knowledgeAccountId: 2,
    });
  });

  test('an account with a webhook of its own takes no half of it from the environment', async () => {
    const [account] = await fromFile([entry(1, { webhook: { token: 'token-of-the-first' } })], {
      AVITO_WEBHOOK_SECRET: 'key-of-everybody',
    });
    expect(account?.webhook).toEqual({ token: 'token-of-the-first', secrets: [], signatureMode: 'off' });
  });

  test('the only account of a file is not named in the path of its webhook', async () => {
    expect((await fromFile([entry(1)]))[0]?.isNamedInPath).toBe(false);
  });

  test('ingest is given the webhooks, and no client secret', async () => {
    const path = await file([entry(1, { webhook: { token: 'token-of-the-first' } }), entry(2)]);
    const accounts = await loadWebhookAccounts(loadConfig(accountsEnv, { AVITO_ACCOUNTS_FILE: path }));
    expect(accounts?.map(({ userId, webhook }) => [userId, webhook.token])).toEqual([
      [1, 'token-of-the-first'],
      [2, undefined],
    ]);
    expect(JSON.stringify(accounts)).not.toMatch(/secret-/);
  });

  test('everything secret of all accounts is known to whoever keeps it out of the logs', async () => {
    const accounts = await fromFile([
      entry(1, { webhook: { token: 'token-of-the-first', secret: 'new,old' } }),
      entry(2),
    ]);
    expect(secretsOf(accounts)).toEqual(['secret-1', 'new', 'old', 'token-of-the-first', 'secret-2']);
  });
});

test('the example that the documentation shows can be used, and shows what there is', async () => {
  const path = fileURLToPath(new URL('../../../examples/accounts.example.json', import.meta.url));
  const accounts = await load({ AVITO_ACCOUNTS_FILE: path, AVITO_WEBHOOK_TOKEN: 'token-of-everybody' });
  expect(
    accounts.map((account) => [account.name, account.knowledgeAccountId, account.webhook.token]),
  ).toEqual([
    ['ТехноДом', 401_122_334, 'made-by-openssl-rand-hex-24-one'],
    ['ТехноДом, Казань', 401_122_334, 'made-by-openssl-rand-hex-24-two'],
    ['Велосипеды', 401_122_336, 'token-of-everybody'],
  ]);
});

describe('a file that cannot be used', () => {
  test('tells every problem of every account at once, each with its place', async () => {
    expect(
      await problemsOf([
        { user_id: 'x', client_id: '', extra: 1 },
        entry(2, {
          webhook: { token: 'short', signature_mode: 'magic' },
          settings: { response_delay_seconds: -1, auto_reply_enabled: 'yes', colour: 'red' },
          knowledge_of: 9,
        }),
        entry(2, { webhook: {} }),
        'not an account',
      ]),
    ).toEqual([
      "[0].user_id: must be the account's numeric id",
      '[0].client_id: must be a text, and not empty',
      '[0].client_secret: must be a text, and not empty',
      expect.stringMatching(/^\[0\]: .*extra/),
      '[1].webhook.token: must be at least 16 characters of letters, digits and . _ ~ -',
      '[1].webhook.signature_mode: must be one of hmac, presence, off',
      '[1].settings.auto_reply_enabled: must be true or false',
      '[1].settings.response_delay_seconds: must be a whole number from 0 to 3600',
      expect.stringMatching(/^\[1\]\.settings: .*colour/),
      expect.stringMatching(/^\[2\]\.webhook: the webhook has no gate: set token/),
      expect.stringMatching(/^\[3\]: /),
      '[2].user_id: 2 is there twice, as [1] too',
      '[1].knowledge_of: there is no account 9 in the file',
    ]);
  });

  test.each([
    ['a list of digits for a token', { token: '1234567890123456' }, /must hold a letter/],
    ['hmac without a key', { token: 'token-of-the-first', signature_mode: 'hmac' }, /signature_mode is hmac/],
    ['a key that is not checked, and no token', { secret: 'a', signature_mode: 'off' }, /token must be set/],
    ['three keys', { secret: 'a,b,c' }, /one key, or two/],
  ])('refuses %s', async (_name, webhook, message) => {
    expect(await problemsOf([entry(1, { webhook })])).toEqual([expect.stringMatching(message)]);
  });

  test('refuses digits for the token of the environment too, as soon as an account uses it', async () => {
    const env = { AVITO_WEBHOOK_TOKEN: '1234567890123456' };
    expect(await problemsOf([entry(1)], env)).toEqual([
      expect.stringMatching(/^AVITO_WEBHOOK_TOKEN: must hold a letter/),
    ]);
    const own = entry(1, { webhook: { token: 'token-of-the-first' } });
    expect(await fromFile([own], env)).toHaveLength(1);
  });

  test('refuses a knowledge base that is lent on', async () => {
    expect(
      await problemsOf([entry(1, { knowledge_of: 2 }), entry(2, { knowledge_of: 3 }), entry(3)]),
    ).toEqual(['[0].knowledge_of: account 2 answers from the knowledge base of 3 itself; name that one']);
    const [own] = await fromFile([entry(1, { knowledge_of: 1 })]);
    expect(own?.knowledgeAccountId).toBe(1);
  });

  test('refuses two gates that one request could open', async () => {
    const token = 'token-of-the-first';
    const shared = { AVITO_WEBHOOK_TOKEN: token };
    expect(await problemsOf([entry(1, { webhook: { token } }), entry(2, { webhook: { token } })])).toEqual([
      '[1].webhook.token: is also that of [0].webhook; make another one',
    ]);
    expect(await problemsOf([entry(1, { webhook: { token } }), entry(2)], shared)).toEqual([
      '[0].webhook.token: is also that of the environment; make another one',
    ]);
    expect(
      await problemsOf([
        entry(1, { webhook: { secret: 'new,same' } }),
        entry(2, { webhook: { token, secret: 'same' } }),
      ]),
    ).toEqual([expect.stringMatching(/^\[1\]\.webhook\.secret: is also that of \[0\]\.webhook/)]);
  });

  test('accounts that differ by their tokens may share a key, and nobody minds an environment that nobody uses', async () => {
    const accounts = await fromFile(
      [
        entry(1, { webhook: { token: 'token-of-the-first', secret: 'key' } }),
        entry(2, { webhook: { token: 'token-of-the-second', secret: 'key' } }),
      ],
      { AVITO_WEBHOOK_TOKEN: 'token-of-the-first' },
    );
    expect(accounts).toHaveLength(2);
  });

  test('quotes no secret, whatever is wrong', async () => {
    const broken = await problemsOf('[{"client_secret":"hunter2"');
    const wrong = await problemsOf([
      entry(1, { client_secret: ['hunter2'], webhook: { secret: 'hunter2,,' } }),
    ]);
    expect([...broken, ...wrong].join('\n')).not.toContain('hunter2');
    expect(broken).toEqual([expect.stringMatching(/not valid JSON/)]);
  });

  test('is refused beside the single account, when it holds none, and when it is missing', async () => {
    await expect(load({ AVITO_ACCOUNTS_FILE: 'x.json', AVITO_CLIENT_ID: 'id' })).rejects.toThrow(/keep one/);
    await expect(fromFile([])).rejects.toThrow(/at least one account/);
    await expect(fromFile({ user_id: 1 })).rejects.toThrow(/must be a list/);
    await expect(load({ AVITO_ACCOUNTS_FILE: '/nowhere/x.json' })).rejects.toThrow(/cannot be read/);
  });
});
