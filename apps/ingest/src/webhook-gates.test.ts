import { createHmac } from 'node:crypto';
import type { WebhookAccount, WebhookConfig } from '@avito-autoreply/config';
import { silentLogger, systemClock } from '@avito-autoreply/runtime';
import {
  type Arbitrary,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  oneof,
  option,
  record,
  stringMatching,
  tuple,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AcceptOutcome, createAcceptWebhook } from './accept-webhook.ts';
import { createWebhookGates } from './webhook-gates.ts';

const [A, B, C, STRANGER] = [401_122_334, 401_122_335, 7_632_548_911, 401_122_336];
const ids = [A, B, C];
const tokenOf = (id: number) => `token-of-account-${id}`;
const keyOf = (id: number) => `key-of-account-${id}`;

const eventOf = (userId: number) =>
  JSON.stringify({
    payload: {
      type: 'message',
      value: {
        id: 'm1',
        chat_id: 'u2i-1~a',
        user_id: userId,
        author_id: 9,
        created: 1_795_333_201,
        type: 'text',
        content: { text: '?' },
      },
    },
  });

type Request = { segments?: readonly string[]; body?: string; key?: string | undefined };

/** The accounts behind their gates, and what was queued. */
function behind(accounts: readonly WebhookAccount[]) {
  const open = createWebhookGates({ kind: 'accounts', accounts });
  const queued: unknown[] = [];
  const accept = createAcceptWebhook({
    queues: {
      enqueue: async (_definition, payload) => {
        queued.push(payload);
        return { jobId: 'job', outcome: 'added' };
      },
    },
    clock: systemClock,
    logger: silentLogger,
  });
  const post = async ({ segments = [], body = eventOf(A), key }: Request) => {
    const gates = open(segments);
    if (gates.length === 0) return 'no-such-path' as const;
    const signature = key === undefined ? undefined : createHmac('sha256', key).update(body).digest('hex');
    return accept({ rawBody: Buffer.from(body), headers: { 'x-avito-signature': signature }, gates });
  };
  return { open, post, queued };
}

const byToken = (userId: number): WebhookAccount => ({
  userId,
  webhook: { token: tokenOf(userId), secrets: [], signatureMode: 'off' },
});
const byKey = (userId: number): WebhookAccount => ({
  userId,
  webhook: { token: undefined, secrets: [`new-${keyOf(userId)}`, keyOf(userId)], signatureMode: 'hmac' },
});

describe('the path that names an account', () => {
  const { post, queued } = behind([byToken(A), byToken(B)]);

  test('takes in its events with its token', async () => {
    expect(await post({ segments: [String(A), tokenOf(A)] })).toBe('accepted');
    expect(queued.at(-1)).toMatchObject({ eventKey: `m-${A}-m1`, accountId: A });
  });

  test.each<[string, Request, AcceptOutcome | 'no-such-path']>([
    ['an event of another account', { segments: [String(A), tokenOf(A)], body: eventOf(B) }, 'wrong-account'],
    ['an event of nobody', { segments: [String(A), tokenOf(A)], body: eventOf(STRANGER) }, 'wrong-account'],
    ["another account's token", { segments: [String(A), tokenOf(B)] }, 'no-such-path'],
    ['no token', { segments: [String(A)] }, 'no-such-path'],
    ["a stranger's account", { segments: [String(STRANGER), tokenOf(A)] }, 'no-such-path'],
    ['a segment too many', { segments: [tokenOf(A), tokenOf(A)] }, 'no-such-path'],
    ['an id that is written otherwise', { segments: [`0${A}`, tokenOf(A)] }, 'no-such-path'],
  ])('refuses %s, and queues nothing', async (_name, request, outcome) => {
    const before = queued.length;
    expect(await post(request)).toBe(outcome);
    expect(queued).toHaveLength(before);
  });

  test('tells the owner of an event that does not tell it itself', async () => {
    const body = JSON.stringify({ payload: { type: 'chat_archived' } });
    expect(await post({ segments: [String(B), tokenOf(B)], body })).toBe('ignored');
    expect(queued.at(-1)).toMatchObject({ accountId: B, eventKey: expect.stringContaining(`e-${B}-`) });
  });
});

describe('the path that names none', () => {
  test('leads to the gate of the token, and to events of its account only', async () => {
    const { post } = behind([byToken(A), byToken(B)]);
    expect(await post({ segments: [tokenOf(A)] })).toBe('accepted');
    expect(await post({ segments: [tokenOf(A)], body: eventOf(B) })).toBe('wrong-account');
    expect(await post({ segments: [] })).toBe('no-such-path');
  });

  test('takes the key for the proof where no token is asked for', async () => {
    const { post } = behind([byKey(A), byKey(B), byToken(C)]);
    expect(await post({ key: keyOf(A) })).toBe('accepted');
    expect(await post({ key: `new-${keyOf(A)}` })).toBe('accepted');
    expect(await post({ key: keyOf(B) })).toBe('wrong-account');
    expect(await post({ key: 'a-guess' })).toBe('bad-signature');
    expect(await post({ key: keyOf(A), body: eventOf(C) })).toBe('wrong-account');
  });

  test('serves all accounts that share the webhook of the environment', async () => {
    const webhook: WebhookConfig = { token: 'token-of-everybody', secrets: [], signatureMode: 'off' };
    const { post, queued } = behind([{ userId: A, webhook }, { userId: B, webhook }, byToken(C)]);
    for (const [id, outcome] of [
      [A, 'accepted'],
      [B, 'accepted'],
      [C, 'wrong-account'],
      [STRANGER, 'wrong-account'],
    ] as const) {
      expect(await post({ segments: ['token-of-everybody'], body: eventOf(id) })).toBe(outcome);
    }
    expect(await post({ segments: [String(A), 'token-of-everybody'], body: eventOf(B) })).toBe(
      'wrong-account',
    );
    // An event that tells no account is nobody's: it may be of either.
    expect(await post({ segments: ['token-of-everybody'], body: '{"payload":{"type":"odd"}}' })).toBe(
      'ignored',
    );
    expect(queued.at(-1)).toMatchObject({ accountId: undefined });
  });
});

test('nothing tells a stranger from an account: not the answer, and not the keys that are tried', async () => {
  const { open, post } = behind([byKey(A), byToken(B)]);
  const strangers = [A, B, STRANGER].map((id) => open([String(id)]));
  for (const gates of strangers) expect(gates.map(({ secrets }) => secrets.length)).toEqual([2]);
  for (const id of [A, B, STRANGER]) {
    expect(await post({ segments: [String(id)], key: 'a-guess' })).toBe('bad-signature');
    expect(await post({ segments: [String(id), 'a-guess'] })).toBe('no-such-path');
    expect(await post({ segments: [String(id)], body: '{}' })).toBe('probe');
  }
});

describe('no combination of path, token and signature of one account admits an event of another', () => {
  /** Every kind of gate, each with what only its account has. */
  const ownWebhook = (userId: number): Arbitrary<WebhookConfig> =>
    constantFrom<WebhookConfig>(
      byToken(userId).webhook,
      byKey(userId).webhook,
      { token: tokenOf(userId), secrets: [keyOf(userId)], signatureMode: 'hmac' },
      { token: tokenOf(userId), secrets: [], signatureMode: 'presence' },
    );
  const environment: WebhookConfig = {
    token: 'token-of-everybody',
    secrets: ['key-of-everybody'],
    signatureMode: 'hmac',
  };
  const installation = tuple(
    ...ids.map((userId) =>
      option(ownWebhook(userId), { nil: environment, freq: 4 }).map((webhook): WebhookAccount => ({
        userId,
        webhook,
      })),
    ),
  );
  const anId = constantFrom(...ids, STRANGER);
  const request = record({
    path: option(anId, { nil: undefined }),
    token: option(
      oneof(anId.map(tokenOf), constant('token-of-everybody'), stringMatching(/^[a-z]{16,20}$/)),
      { nil: undefined },
    ),
    key: option(
      oneof(
        anId.map(keyOf),
        anId.map((id) => `new-${keyOf(id)}`),
        constant('key-of-everybody'),
      ),
      { nil: undefined },
    ),
    event: anId,
  });

  test('and the right one is let in', async () => {
    const outcomes = new Set<string>();
    await assert(
      asyncProperty(installation, request, async (accounts, { path, token, key, event }) => {
        const segments = [path === undefined ? undefined : String(path), token].filter(
          (segment) => segment !== undefined,
        );
        const { post, queued } = behind(accounts);
        const outcome = await post({ segments, body: eventOf(event), key });
        outcomes.add(outcome);

        const owner = accounts.find(({ userId }) => userId === event)?.webhook;
        const isSigned = key !== undefined && (owner?.secrets.includes(key) ?? false);
        const hasRight =
          owner !== undefined &&
          (path === undefined || path === event) &&
          token === owner.token &&
          (owner.signatureMode === 'off' ||
            (owner.signatureMode === 'presence' && key !== undefined) ||
            isSigned);
        expect({ outcome, queued: queued.length }).toEqual(
          hasRight
            ? { outcome: 'accepted', queued: 1 }
            : { outcome: expect.stringMatching(/^(no-such-path|bad-signature|wrong-account)$/), queued: 0 },
        );
      }),
      { numRuns: 3_000 },
    );
    // The property says something only when all of this happened.
    expect([...outcomes].toSorted()).toEqual(['accepted', 'bad-signature', 'no-such-path', 'wrong-account']);
  });
});
