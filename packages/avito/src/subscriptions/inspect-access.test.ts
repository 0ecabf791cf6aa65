import { describe, expect, test } from 'vitest';
import { AvitoApiError, AvitoConnectionError } from '../errors.ts';
import { inspectAccess } from './inspect-access.ts';

const USER_ID = 401_122_334;
const TOKEN = 'an-unguessable-token';
const OURS = `https://shop.example/api/v1/webhooks/avito/messages/${TOKEN}`;
const CRM = 'https://crm.example/hook';
const granted = { expiresAt: new Date('2026-11-23T12:00:00Z'), hasRefreshToken: false };

const refusal = (code: string, status: number) =>
  new AvitoApiError('refused', { code, status, mayHaveTakenEffect: false });
const away = new AvitoConnectionError('no connection', {
  code: 'avito.unreachable',
  requestMayHaveArrived: false,
  mayHaveTakenEffect: false,
});

type Facts = {
  urls?: string[];
  selfId?: number;
  fails?: Partial<Record<'getTokenState' | 'getSelf' | 'listChats' | 'listSubscriptions', Error>>;
  expectedUrl?: string;
};

function inspect({ urls = [OURS], selfId = USER_ID, fails = {}, expectedUrl }: Facts = {}) {
  const answer =
    <T>(name: keyof typeof fails, value: T) =>
    async (): Promise<T> => {
      if (fails[name]) throw fails[name];
      return value;
    };
  const unasked = async () => {
    throw new Error('an inspection changes nothing');
  };
  return inspectAccess({
    avito: {
      getTokenState: answer('getTokenState', granted),
      getSelf: answer('getSelf', { id: selfId, name: null, email: null, phone: null, profileUrl: null }),
      listChats: answer('listChats', { chats: [], hasMore: false }),
      listSubscriptions: answer(
        'listSubscriptions',
        urls.map((url) => ({ url, version: '3' })),
      ),
      registerWebhook: unasked,
      unregisterWebhook: unasked,
    },
    userId: USER_ID,
    webhookToken: TOKEN,
    expectedUrl,
  });
}
const codesOf = async (facts?: Facts) => (await inspect(facts)).problems.map(({ code }) => code);

test('where all is well there is nothing to tell', async () => {
  expect(await inspect()).toEqual({
    token: granted,
    isTokenGranted: true,
    subscriptions: [{ url: OURS, version: '3', owner: 'ours' }],
    problems: [],
    error: undefined,
    failure: undefined,
  });
});

describe('the subscription', () => {
  test('is gone, or another system’s is there, whose address is told', async () => {
    expect(await codesOf({ urls: [] })).toEqual(['webhook-gone']);
    const { problems } = await inspect({ urls: [CRM] });
    expect(problems).toMatchObject([{ code: 'webhook-replaced', message: expect.stringContaining(CRM) }]);
    expect(await codesOf({ urls: [CRM, OURS] })).toEqual([]);
  });

  test('leads elsewhere than it should, although the token is ours; the token is not told', async () => {
    expect(await codesOf({ expectedUrl: 'https://shop.example' })).toEqual([]);
    expect(await codesOf({ expectedUrl: OURS })).toEqual([]);
    const { problems } = await inspect({ expectedUrl: 'https://new.example' });
    expect(problems).toMatchObject([
      { code: 'webhook-replaced', message: expect.stringContaining('https://shop.example/api') },
    ]);
    expect(JSON.stringify(problems)).not.toContain(TOKEN);
  });
});

describe('access', () => {
  test.each([
    ['avito.payment-required', 402, 'access-not-paid'],
    ['avito.access-denied', 403, 'access-denied'],
    ['avito.token-revoked', 400, 'token-revoked'],
  ])('%s is %s', async (error, status, code) => {
    expect(await codesOf({ fails: { listChats: refusal(error, status) } })).toEqual([code]);
  });

  test('that is refused for several calls is one problem, beside the others', async () => {
    const refused = refusal('avito.payment-required', 402);
    expect(await codesOf({ fails: { listChats: refused, listSubscriptions: refused } })).toEqual([
      'access-not-paid',
    ]);
    expect(await codesOf({ urls: [], fails: { listChats: refused } })).toEqual([
      'access-not-paid',
      'webhook-gone',
    ]);
  });

  test('by keys of another account is told, and not knowing whose they are is no problem', async () => {
    expect((await inspect({ selfId: 7 })).problems).toMatchObject([
      { code: 'wrong-account', message: expect.stringContaining('аккаунту 7,') },
    ]);
    expect(await codesOf({ fails: { getSelf: refusal('avito.access-denied', 403) } })).toEqual([]);
  });
});

describe('the token', () => {
  test('that is refused is a problem, and nothing is known of the rest', async () => {
    expect(await inspect({ fails: { getTokenState: refusal('avito.bad-credentials', 401) } })).toMatchObject({
      token: null,
      isTokenGranted: false,
      subscriptions: null,
      problems: [{ code: 'token-refused' }],
      failure: undefined,
    });
  });
});

test('trouble on the way is told apart, for it may pass', async () => {
  const outage = refusal('avito.server-error', 503);
  expect(await inspect({ fails: { getTokenState: away } })).toMatchObject({
    problems: [{ code: 'avito-unreachable' }],
    failure: away,
  });
  expect(await inspect({ fails: { listSubscriptions: outage } })).toMatchObject({
    subscriptions: null,
    problems: [{ code: 'avito-unreachable', message: expect.stringContaining('503') }],
    failure: outage,
  });
});

test('an error that nobody expected is thrown', async () => {
  await expect(inspect({ fails: { listChats: new TypeError('a mistake of ours') } })).rejects.toThrow(
    TypeError,
  );
});
