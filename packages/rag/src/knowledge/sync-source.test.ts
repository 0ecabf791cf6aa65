import { expect, test } from 'vitest';
import { createMemoryKnowledgeStore } from '../testing/memory-knowledge-store.ts';
import { createSyncSource } from './sync-source.ts';

const accountId = 1;
const sourceKey = 'https://shop.example/вопросы.csv';
const version = { etag: '"1"', lastModified: null };
const source = { sourceKey, kind: 'url', itemId: null, ...version };

/** Of a page that never changes. */
async function setUp() {
  const memory = createMemoryKnowledgeStore();
  const later = { begin: async () => {}, progress: async () => {}, rememberVersion: async () => {} };
  const store = { ...memory, sources: { ...memory.sources, ...later } };
  await store.sources.record({ accountId, outcomes: [{ sourceKey, kind: 'url' }] });
  const text = 'вопрос;ответ\nЕсть чек?;Да\nГде вы?;';
  const sync = createSyncSource({
    store,
    embedderOf: async () => undefined,
    listingsOf: async () => [],
    readUrl: async ({ known }) =>
      known === undefined
        ? { source: { key: sourceKey, kind: 'table', name: 'вопросы', text }, version }
        : 'not-modified',
  });
  return { store, sync: () => sync({ accountId, source }) };
}

test('a page that has not changed since it was read lacks what it lacked then', async () => {
  const { sync } = await setUp();
  const warnings = [{ sourceKey, code: 'knowledge.incomplete-pairs' }];
  expect(await sync()).toMatchObject({ added: 1, warnings });
  expect(await sync()).toMatchObject({ unchanged: 1, warnings });
});

test('a page that was read in the way of an older release is read anew, though it has not changed', async () => {
  const { store, sync } = await setUp();
  const chunks = [{ heading: 'вопросы', question: null, content: 'Да', searchText: 'да' }];
  const document = { sourceKey, title: 'вопросы', kind: 'table', contentHash: '5f00-ba7', chunks };
  await store.documents.replace({ accountId, ...document });
  expect(await sync()).toMatchObject({ updated: 1 });
  expect(await sync()).toMatchObject({ unchanged: 1, updated: 0 });
});
