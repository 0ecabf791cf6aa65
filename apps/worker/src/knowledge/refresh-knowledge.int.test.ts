import type { Item } from '@avito-autoreply/avito';
import { createKnowledgeRepositories, createPool } from '@avito-autoreply/database';
import { exportedFiles, type FetchPage, importKnowledge, removeSources } from '@avito-autoreply/rag';
import { AppError, silentLogger } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createAlarm } from '../alarm.ts';
import { jobContext, setUpAccount } from '../testing/set-up.ts';
import { createRefreshKnowledge } from './refresh-knowledge.ts';
import { createSourceAlerts } from './source-alerts.ts';

const url = 'https://shop.example/delivery';
const page = (body: string, status = 200) => ({
  url,
  status,
  contentType: 'text/html',
  etag: `"${body.length}"`,
  lastModified: undefined,
  isCut: false,
  body: new Uint8Array(Buffer.from(body)),
});

function setUp(
  pages: (asked: string, headers: Record<string, string>) => ReturnType<typeof page>,
  items: Item[] = [],
  { whileReading = async () => {} }: { whileReading?: () => Promise<unknown> } = {},
) {
  const { accountId, repositories } = setUpAccount();
  const pool = createPool({ url: inject('databaseUrl'), max: 2, logger: silentLogger });
  onTestFinished(() => pool.end());
  const knowledge = createKnowledgeRepositories(pool);
  const fetchPage: FetchPage = async ({ url: asked, headers = {} }) => {
    if (asked.endsWith('/robots.txt')) return page('', 404);
    await whileReading();
    return pages(asked, headers);
  };
  const refresh = createRefreshKnowledge({
    knowledge,
    embedderOf: async () => undefined,
    clientOf: () => ({
      eachItem: async function* () {
        yield* items;
      },
    }),
    accountIds: [accountId],
    sourceAlerts: createSourceAlerts({
      alarm: createAlarm({ alerts: repositories.alerts, logger: silentLogger }),
      alerts: repositories.alerts,
      sources: knowledge.sources,
      accountIds: [accountId],
    }),
    fetchPage,
    logger: silentLogger,
  });
  const save = (sourceKey: string, kind = 'url') =>
    knowledge.sources.save({ accountId, sourceKey, kind, itemId: null, everyMinutes: 60, isDueNow: true });
  return { accountId, repositories, knowledge, save, refresh: () => refresh({}, jobContext) };
}

test('an address whose time has come is read, and again when it has changed', async () => {
  let text = '<h1>Доставка</h1><p>490 рублей</p>';
  const asked: (string | undefined)[] = [];
  const { accountId, knowledge, save, refresh } = setUp((_, headers) => {
    asked.push(headers['if-none-match']);
    return headers['if-none-match'] === `"${text.length}"` ? page('', 304) : page(text);
  });
  await save(url);
  await refresh();
  const content = async () =>
    (await knowledge.chunks.listAll({ accountId, limit: 9 })).map((chunk) => chunk.content);
  expect(await content()).toEqual(['490 рублей']);
  await refresh();
  expect(asked).toHaveLength(1);
  await save(url);
  await refresh();
  expect(asked[1]).toBe(`"${text.length}"`);
  text = '<h1>Доставка</h1><p>от 590 рублей</p>';
  await save(url);
  await refresh();
  expect(await content()).toEqual(['от 590 рублей']);
  expect(await knowledge.sources.find({ accountId, sourceKey: url })).toMatchObject({
    state: 'synced',
    error: null,
  });
});

test('an address is read anew after an import, whose text may be older than what the server calls unchanged', async () => {
  let text = '<h1>Доставка</h1><p>490 рублей</p>';
  const { accountId, knowledge, save, refresh } = setUp((_, headers) =>
    headers['if-none-match'] === `"${text.length}"` ? page('', 304) : page(text),
  );
  const content = async () =>
    (await knowledge.chunks.listAll({ accountId, limit: 9 })).map((chunk) => chunk.content);
  await save(url);
  await refresh();
  const files = new Map<string, string>();
  for await (const file of exportedFiles({ store: knowledge }, { accountId }))
    files.set(file.path, file.text);
  text = '<h1>Доставка</h1><p>от 590 рублей</p>';
  await save(url);
  await refresh();
  const backup = {
    list: async (folder: string) =>
      [...files.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1)),
    read: async (path: string) => files.get(path),
  };
  await importKnowledge({ store: knowledge }, { accountId, files: backup, isWhole: false });
  expect(await content()).toEqual(['490 рублей']);
  await save(url);
  await refresh();
  expect(await content()).toEqual(['от 590 рублей']);
});

test('one that fails keeps its document and says why; the others are read', async () => {
  let isAway = false;
  const { accountId, knowledge, save, refresh } = setUp((asked) => {
    if (isAway && asked === url)
      throw new AppError('away', { code: 'knowledge.url-unreachable', isRetryable: true });
    return page('<p>Текст</p>');
  });
  await save(url);
  await refresh();
  isAway = true;
  await save(url);
  await save('https://shop.example/other');
  await refresh();
  expect(await knowledge.sources.list({ accountId })).toMatchObject([
    { sourceKey: url, state: 'failed', error: { code: 'knowledge.url-unreachable' } },
    { sourceKey: 'https://shop.example/other', state: 'synced' },
  ]);
  expect(await knowledge.documents.list({ accountId })).toHaveLength(2);
});

test.each([200, 503])('one that is removed while it is read (%s) does not come back', async (status) => {
  let remove: () => Promise<unknown> = async () => undefined;
  const { accountId, knowledge, save, refresh } = setUp(() => page('<p>Текст</p>', status), [], {
    whileReading: () => remove(),
  });
  await save(url);
  remove = () => removeSources({ store: knowledge }, { accountId, sourceKeys: [url] });
  await refresh();
  expect(await knowledge.documents.list({ accountId })).toEqual([]);
  expect(await knowledge.sources.list({ accountId })).toEqual([]);
});

test('listings become documents of their own listing, and go when they are gone', async () => {
  const item = (id: number, title: string): Item => ({
    id,
    title,
    price: 15_000,
    status: 'active',
    url: `https://avito.ru/${id}`,
    address: 'Казань',
    category: { id: 1, name: 'Велосипеды' },
  });
  const items = [item(7_632_548_911, 'Велосипед'), item(7_632_548_912, 'Самокат')];
  const { accountId, knowledge, repositories, save, refresh } = setUp(() => page(''), items);
  await repositories.chats.describeChat({
    accountId,
    chatId: 'u2i-1~a',
    itemId: 5,
    item: { id: 5, title: 'Ролики', priceString: '1 ₽', url: null, status: 10, location: 'Уфа' },
  });
  await save('avito:listings', 'listings');
  await refresh();
  // Documents are written side by side, so their chunks come in any order.
  const found = (await knowledge.chunks.listAll({ accountId, limit: 9 })).toSorted(
    (one, other) => Number(one.itemId) - Number(other.itemId),
  );
  expect(found.map(({ itemId, title }) => [itemId, title])).toEqual([
    [5, 'Ролики'],
    [7_632_548_911, 'Велосипед'],
    [7_632_548_912, 'Самокат'],
  ]);
  expect(found[0]?.content).not.toContain('1 ₽');
  expect(found[1]?.content).toMatch(/Цена по объявлению: 15\s000 ₽/);
  items.pop();
  await save('avito:listings', 'listings');
  await refresh();
  expect((await knowledge.documents.list({ accountId })).map(({ itemId }) => itemId)).toEqual([
    5, 7_632_548_911,
  ]);
});

test('the owner is told of a source that fails by itself, until it is read or removed', async () => {
  let isAway = true;
  const { accountId, repositories, knowledge, save, refresh } = setUp(() => {
    if (isAway) throw new AppError('away', { code: 'knowledge.url-unreachable', isRetryable: true });
    return page('<p>Текст</p>');
  });
  const open = async () =>
    (await repositories.alerts.listOpen({ accountIds: [accountId] })).map(
      ({ kind, details }) => `${kind} ${(details as { sourceKey: string }).sourceKey}`,
    );
  const other = 'https://shop.example/other';
  await save(url);
  await save(other);
  await refresh();
  expect((await open()).toSorted()).toEqual([
    `knowledge-source-failed ${url}`,
    `knowledge-source-failed ${other}`,
  ]);
  isAway = false;
  await save(url);
  await knowledge.sources.forget({ accountId, sourceKeys: [other] });
  await refresh();
  expect(await open()).toEqual([]);
});
