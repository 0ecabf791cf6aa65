import { expect, test } from 'vitest';
import { createFakeEmbedder } from '../testing/fake-models.ts';
import { createMemoryKnowledgeStore } from '../testing/memory-knowledge-store.ts';
import { reembedKnowledge } from './reembed-knowledge.ts';
import { syncKnowledge } from './sync-knowledge.ts';

const accountId = 1;
const sources = ['а', 'б', 'в', 'г', 'д'].map((text) => ({
  key: text,
  kind: 'text' as const,
  name: text,
  text,
}));
const sleep = async () => {};

async function baseOfOldModel() {
  const store = createMemoryKnowledgeStore();
  const { embedder } = createFakeEmbedder({ model: 'old' });
  await syncKnowledge({ store, embedder }, { accountId, sources });
  return store;
}

test('the first space that is filled serves', async () => {
  expect((await baseOfOldModel()).active.get(accountId)).toBe('old|native|none');
});

test('a new space is filled beside the old one, then serves', async () => {
  const store = await baseOfOldModel();
  const { embedder } = createFakeEmbedder({ model: 'new' });
  const report = await reembedKnowledge({ store, embedder }, { accountId, isSwitching: true });
  expect(report).toEqual({ spaceKey: 'new|native|none', embedded: 5, tokens: 5, isActive: true });
  expect(store.active.get(accountId)).toBe('new|native|none');
  const [document] = store.contentOf(accountId);
  expect([...(document?.chunks[0]?.vectors.keys() ?? [])]).toEqual(['old|native|none', 'new|native|none']);
});

test('a failure leaves the old space serving, and the next run goes on where it was', async () => {
  const store = await baseOfOldModel();
  const { embedder, calls } = createFakeEmbedder({ model: 'new', maxBatchSize: 2 });
  let isAway = false;
  const breaking = {
    ...embedder,
    embed: async (input: Parameters<typeof embedder.embed>[0]) => {
      if (calls.length >= 2 && isAway) return createFakeEmbedder({ failures: 1 }).embedder.embed(input);
      return embedder.embed(input);
    },
  };
  isAway = true;
  const broken = reembedKnowledge({ store, embedder: breaking, sleep }, { accountId, isSwitching: true });
  await expect(broken).rejects.toMatchObject({
    code: 'model.unavailable',
    isRetryable: true,
    message: expect.not.stringContaining('by words'),
  });
  expect(store.active.get(accountId)).toBe('old|native|none');
  isAway = false;
  const report = await reembedKnowledge({ store, embedder: breaking }, { accountId, isSwitching: true });
  expect(report).toMatchObject({ embedded: 1, isActive: true });
});

test('without switching the space waits', async () => {
  const store = await baseOfOldModel();
  const { embedder } = createFakeEmbedder({ model: 'new' });
  await reembedKnowledge({ store, embedder }, { accountId, isSwitching: false });
  expect(store.active.get(accountId)).toBe('old|native|none');
});
