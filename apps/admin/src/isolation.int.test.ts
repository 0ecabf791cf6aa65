import { describe, expect, test } from 'vitest';
import { setUp, TOKEN } from './testing/fixture.ts';
import { storeMessage } from './testing/stored-chats.ts';

// Stands in everything that belongs to the first account, and may never stand in an answer about another.
const MARK = 'тайна-первого-аккаунта';
const CHAT = 'u2i-first~a';
const DOCUMENT = 'folder/first.md';

type Fixture = Awaited<ReturnType<typeof setUp>>;

async function fill({ repositories, documents, accountId }: Fixture): Promise<void> {
  await storeMessage(repositories, {
    accountId,
    chatId: CHAT,
    messageId: `${MARK}-message`,
    authorId: 287_654_321,
    text: MARK,
    content: {},
  });
  const item = { id: 5, title: MARK, priceString: '15 000 ₽', url: null, location: null };
  await repositories.chats.describeChat({ accountId, chatId: CHAT, buyerName: MARK, item });
  await repositories.events.keepUnrecognized({
    eventKey: `${MARK}-${accountId}`,
    accountId,
    reason: 'odd',
    body: { text: MARK },
  });
  await repositories.alerts.raise({ accountId, kind: 'odd', message: MARK, details: {} });
  await documents.replace({
    accountId,
    sourceKey: DOCUMENT,
    title: MARK,
    contentHash: 'hash',
    chunks: [
      {
        heading: MARK,
        question: null,
        content: `Доставка по Казани стоит 500 рублей, ${MARK}.`,
        searchText: `доставка по казани стоит 500 рублей ${MARK}`,
      },
    ],
  });
}

test('every route that is about an account lets the account be named', async () => {
  const { routes } = await setUp();
  const withoutAccount = routes.filter(({ query }) => query?.shape['account_id'] === undefined);
  // The queues belong to the installation, as Bull Board does.
  const ofTheInstallation = ['listAccounts', 'listFailedJobs', 'retryFailedJob'];
  expect(withoutAccount.map(({ operationId }) => operationId).toSorted()).toEqual(ofTheInstallation);
});

describe("with another account's ids", () => {
  const requests: [name: string, method: string, path: string, body?: object][] = [
    ['its chats', 'GET', '/api/v1/chats'],
    ['a pause', 'POST', `/api/v1/chats/${CHAT}/pause`],
    ['its end', 'POST', `/api/v1/chats/${CHAT}/resume`],
    ['held messages', 'GET', '/api/v1/messages/held'],
    ['events', 'GET', '/api/v1/events/unrecognized'],
    ['alerts', 'GET', '/api/v1/alerts'],
    ['an answer for its chat', 'POST', '/api/v1/answers', { question: 'Цена?', chat_id: CHAT }],
    ['an answer from its knowledge', 'POST', '/api/v1/answers', { question: 'Сколько стоит доставка?' }],
    ['documents', 'GET', '/api/v1/knowledge/documents'],
    ['a search', 'GET', '/api/v1/knowledge/search?q=доставка'],
    ['a removal', 'DELETE', `/api/v1/knowledge/documents/${encodeURIComponent(DOCUMENT)}`],
  ];

  test.each(requests)('%s shows nothing and changes nothing', async (_name, method, path, body) => {
    const fixture = await setUp({ accounts: 2 });
    await fill(fixture);
    const { call, accountId, accountIds, repositories, documents } = fixture;
    const [, other] = accountIds;
    const named = `${path}${path.includes('?') ? '&' : '?'}account_id=${other}`;
    expect((await call(named, { method, ...(body && { body }) })).text).not.toContain(MARK);
    expect(await repositories.chats.findChat({ accountId, chatId: CHAT })).toMatchObject({ mode: 'auto' });
    expect(await documents.list({ accountId })).toHaveLength(1);
  });

  test.each([
    ['GET', `/api/v1/avito/chats/${CHAT}/messages`, undefined],
    ['POST', `/api/v1/avito/chats/${CHAT}/messages`, { text: 'Да' }],
  ] as const)('%s %s asks Avito as the account that is named', async (method, path, body) => {
    const { call, avito, accountIds } = await setUp({ accounts: 2 });
    const [, other] = accountIds;
    await call(`${path}?account_id=${other}`, { method, ...(body && { body }) });
    const asked = avito.calls.filter((line) => line.includes('/accounts/'));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(`/accounts/${other}/`);
  });
});

describe('one of several accounts', () => {
  test('is registered with its own token, under an address that names it', async () => {
    const { call, accountIds } = await setUp({ accounts: 2 });
    const [first, second] = accountIds;
    const register = async (id: number | undefined) =>
      (
        await call(`/api/v1/avito/webhook/register?account_id=${id}`, {
          method: 'POST',
          body: { webhook_url: 'https://shop.example', skip_probe: true, replace: true },
        })
      ).body['webhook_url'];
    const path = 'https://shop.example/api/v1/webhooks/avito/messages';
    expect(await register(first)).toBe(`${path}/${first}/${TOKEN}`);
    expect(await register(second)).toBe(`${path}/${second}/${TOKEN}-1`);
  });

  test("takes another one's subscription for a foreign one", async () => {
    const { call, avito, accountIds } = await setUp({ accounts: 2 });
    const [first, second] = accountIds;
    avito.subscribe(`https://shop.example/api/v1/webhooks/avito/messages/${first}/${TOKEN}`);
    const status = await call(`/api/v1/avito/webhook/status?account_id=${second}`);
    expect(status.body).toMatchObject({ subscribed: false, subscriptions: [{ owner: 'foreign' }] });
  });

  test('may be lent a knowledge base: it answers from it, and cannot change it', async () => {
    const fixture = await setUp({ accounts: 2, isLent: true });
    await fill(fixture);
    const { call, accountId, accountIds, documents } = fixture;
    const [, borrower] = accountIds;
    const answer = await call(`/api/v1/answers?account_id=${borrower}`, {
      method: 'POST',
      body: { question: 'Сколько стоит доставка по Казани?' },
    });
    expect(answer.body).toMatchObject({ account_id: borrower, text: expect.stringContaining('500 рублей') });
    expect((await call(`/api/v1/knowledge/documents?account_id=${borrower}`)).body).toMatchObject({
      account_id: borrower,
      knowledge_account_id: accountId,
      total: 1,
    });
    const removed = await call(
      `/api/v1/knowledge/documents/${encodeURIComponent(DOCUMENT)}?account_id=${borrower}`,
      { method: 'DELETE' },
    );
    expect(removed).toMatchObject({ status: 409, body: { error: { code: 'knowledge.lent' } } });
    expect(await documents.list({ accountId })).toHaveLength(1);
    expect((await call('/api/v1/accounts')).body).toEqual({
      accounts: [
        { account_id: accountId, name: null, knowledge_account_id: accountId },
        { account_id: borrower, name: null, knowledge_account_id: accountId },
      ],
    });
  });
});
