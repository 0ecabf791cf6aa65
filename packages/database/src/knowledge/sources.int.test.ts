import { describe, expect, test } from 'vitest';
import { newChat, useTestDatabase } from '../testing/test-database.ts';
import { createKnowledgeRepositories } from './knowledge-repositories.ts';

const { pool } = useTestDatabase();
const { sources, spaces, documents, chunks } = createKnowledgeRepositories(pool);
const newAccountId = () => newChat().accountId;
const url = 'https://shop.example/delivery';
const saved = (accountId: number, changes: Partial<Parameters<typeof sources.save>[0]> = {}) =>
  sources.save({
    accountId,
    sourceKey: url,
    kind: 'url',
    itemId: null,
    everyMinutes: 60,
    isDueNow: true,
    ...changes,
  });

describe('sources', () => {
  test('keep the outcome of the last look, and a known one its rhythm', async () => {
    const accountId = newAccountId();
    await saved(accountId);
    const error = { code: 'knowledge.url-gone', message: 'gone' };
    await sources.record({
      accountId,
      outcomes: [
        { sourceKey: url, kind: 'html', error },
        { sourceKey: 'a.md', kind: 'markdown', itemId: 7 },
      ],
    });
    expect(await sources.list({ accountId })).toMatchObject([
      { sourceKey: 'a.md', kind: 'markdown', itemId: 7, state: 'synced', error: null, everyMinutes: null },
      { sourceKey: url, kind: 'url', state: 'failed', error, everyMinutes: 60, checkedAt: expect.any(Date) },
    ]);
    await sources.record({ accountId, outcomes: [{ sourceKey: url, kind: 'html' }] });
    expect(await sources.find({ accountId, sourceKey: url })).toMatchObject({ state: 'synced', error: null });
    expect(await sources.forget({ accountId, sourceKeys: [url, 'b'] })).toBe(1);
  });

  test('that are due are taken once, by one of many', async () => {
    const accountId = newAccountId();
    await saved(accountId);
    await saved(accountId, { sourceKey: 'https://shop.example/later', isDueNow: false });
    await saved(accountId, { sourceKey: 'https://shop.example/never', everyMinutes: null, isDueNow: false });
    const taken = await Promise.all([1, 2, 3, 4].map(() => sources.takeDue({ accountIds: [accountId] })));
    expect(taken.filter((each) => each !== undefined)).toMatchObject([
      { accountId, sourceKey: url, state: 'syncing', nextAt: expect.any(Date) },
    ]);
    expect(await sources.takeDue({ accountIds: [newAccountId()] })).toBeUndefined();
  });

  test('that a killed worker left are taken again', async () => {
    const accountId = newAccountId();
    await saved(accountId, { everyMinutes: null });
    await sources.takeDue({ accountIds: [accountId] });
    expect(await sources.takeDue({ accountIds: [accountId] })).toBeUndefined();
    await pool.query(
      `update knowledge_sources set started_at = started_at - interval '1 h' where account_id = $1`,
      [accountId],
    );
    expect(await sources.takeDue({ accountIds: [accountId] })).toMatchObject({ sourceKey: url });
  });

  test('that get on are not taken from their reader, however long they take', async () => {
    const accountId = newAccountId();
    await saved(accountId);
    await sources.takeDue({ accountIds: [accountId] });
    await pool.query(
      `update knowledge_sources set started_at = started_at - interval '1 h' where account_id = $1`,
      [accountId],
    );
    await sources.progress({ accountId, sourceKey: url, done: 10, total: 20_000 });
    expect(await sources.takeDue({ accountIds: [accountId] })).toBeUndefined();
  });

  test('show how far a sync has come, and what the server said', async () => {
    const accountId = newAccountId();
    await saved(accountId);
    await sources.begin({ accountId, sourceKey: url });
    await sources.progress({ accountId, sourceKey: url, done: 3, total: 9 });
    await sources.rememberVersion({ accountId, sourceKey: url, etag: '"1"', lastModified: null });
    expect(await sources.find({ accountId, sourceKey: url })).toMatchObject({
      state: 'syncing',
      done: 3,
      total: 9,
      etag: '"1"',
    });
    await saved(accountId, { itemId: 9 });
    expect(await sources.find({ accountId, sourceKey: url })).toMatchObject({ itemId: 9, etag: null });
  });
});

describe('embedding spaces', () => {
  const put = (accountId: number, sourceKey: string, space?: string) =>
    documents.replace({
      accountId,
      sourceKey,
      title: sourceKey,
      contentHash: sourceKey,
      chunks: [
        {
          heading: '',
          question: null,
          content: sourceKey,
          searchText: sourceKey,
          ...(space === undefined ? {} : { vector: [1, 2] }),
        },
      ],
      ...(space === undefined ? {} : { space: { key: space, model: 'm', dimensions: 2 } }),
    });

  test('serve when every chunk has a vector, and not before', async () => {
    const accountId = newAccountId();
    const [old, fresh] = [`old-${accountId}`, `new-${accountId}`];
    await put(accountId, 'a', old);
    expect(await spaces.active({ accountId })).toBeUndefined();
    expect(await spaces.activate({ accountId, spaceKey: old })).toBe(0);
    await put(accountId, 'b', fresh);
    expect(await spaces.activate({ accountId, spaceKey: fresh })).toBe(1);
    expect(await spaces.list({ accountId })).toEqual([
      { key: fresh, model: 'm', dimensions: 2, vectors: 1, missing: 1, isActive: false },
      { key: old, model: 'm', dimensions: 2, vectors: 1, missing: 1, isActive: true },
    ]);
    await put(accountId, 'a', fresh);
    expect(await spaces.activate({ accountId, spaceKey: fresh, unlessSet: true })).toBe(0);
    expect(await spaces.active({ accountId })).toBe(old);
    expect(await spaces.activate({ accountId, spaceKey: fresh })).toBe(0);
    expect(await spaces.active({ accountId })).toBe(fresh);
  });

  test('that do not serve can be dropped, with their index', async () => {
    const accountId = newAccountId();
    const [old, fresh] = [`old-${accountId}`, `new-${accountId}`];
    await put(accountId, 'a', old);
    await chunks.ensureVectorIndex({ accountId, spaceKey: old, minVectors: 1 });
    await spaces.activate({ accountId, spaceKey: old });
    await expect(spaces.drop({ accountId, spaceKey: old })).rejects.toMatchObject({
      code: 'database.space-in-use',
    });
    await put(accountId, 'a', fresh);
    await put(accountId, 'b', old);
    await put(accountId, 'b', fresh);
    await spaces.activate({ accountId, spaceKey: fresh });
    expect(await spaces.drop({ accountId, spaceKey: old })).toBe(2);
    const { rows } = await pool.query(
      `select 1 from pg_indexes i join embedding_spaces s on i.indexname = format('chunk_embeddings_hnsw_%s_%s', s.id, $2::bigint) where s.key = $1`,
      [old, accountId],
    );
    expect(rows).toEqual([]);
    await expect(spaces.drop({ accountId, spaceKey: 'nobody' })).rejects.toMatchObject({
      code: 'database.unknown-space',
    });
  });
});

test('a document is loaded with its chunks and all of its vectors, and belongs to its listing', async () => {
  const accountId = newAccountId();
  const space = (name: string) => ({ key: `${name}-${accountId}`, model: name, dimensions: 2 });
  await documents.replace({
    accountId,
    sourceKey: 'a',
    title: 'А',
    contentHash: 'hash',
    kind: 'pdf',
    itemId: 7,
    warnings: [{ code: 'knowledge.hidden-rows', message: '2 of „Прайс\0“' }],
    chunks: [
      { heading: 'А', question: null, content: 'один', searchText: 'один', vector: [1, 2] },
      { heading: 'А', question: 'два?', content: 'два', searchText: 'два' },
    ],
    space: space('x'),
    moreVectors: [{ space: space('y'), vectors: [undefined, [3, 4]] }],
  });
  expect(await documents.load({ accountId, sourceKey: 'a' })).toEqual({
    sourceKey: 'a',
    title: 'А',
    contentHash: 'hash',
    kind: 'pdf',
    itemId: 7,
    warnings: [{ code: 'knowledge.hidden-rows', message: expect.stringContaining('2 of „Прайс') }],
    chunks: [
      { heading: 'А', question: null, content: 'один' },
      { heading: 'А', question: 'два?', content: 'два' },
    ],
    vectors: [
      { space: space('x'), vectors: [[1, 2], undefined] },
      { space: space('y'), vectors: [undefined, [3, 4]] },
    ],
  });
  expect(await documents.load({ accountId, sourceKey: 'b' })).toBeUndefined();
  const warnings = [{ code: 'knowledge.hidden-rows' }];
  expect(await documents.list({ accountId })).toMatchObject([{ kind: 'pdf', itemId: 7, warnings }]);
  await sources.record({ accountId, outcomes: [{ sourceKey: 'a', kind: 'pdf' }] });
  expect(await sources.list({ accountId })).toMatchObject([{ sourceKey: 'a', warnings }]);
  expect(await chunks.listAll({ accountId, limit: 1 })).toMatchObject([{ content: 'один', itemId: 7 }]);
});
