import { expect, test } from 'vitest';
import { type CreateEmbedder, createEmbedderOf } from './embedder-of.ts';
import { createOpenAiEmbedder } from './openai-embedder.ts';

const endpoint = { apiKey: 'sk-test', baseUrl: 'http://127.0.0.1:1/v1' };
const createEmbedder: CreateEmbedder = (recipe) => createOpenAiEmbedder({ ...endpoint, ...recipe });
const configured = createEmbedder({ model: 'new-model', dimensions: 256 });
const of = (space: string | undefined) =>
  createEmbedderOf({
    createEmbedder,
    configured,
    activeSpace: async () => space,
  })({ accountId: 1 });

test('where no space serves yet, the configured model is asked', async () => {
  expect(await of(undefined)).toBe(configured);
  expect(await of('new-model|256|none')).toBe(configured);
});

test.each(['text-embedding-3-small|native|none', 'intfloat/multilingual-e5-small|384|e5'])(
  'questions to the space %s are asked of its own model',
  async (key) => {
    const embedder = await of(key);
    expect(embedder?.spaceKey).toBe(key);
    expect(embedder?.model).toBe(key.split('|')[0]);
  },
);

test.each(['nonsense', 'model|native|another-rule'])(
  'a space that nobody can ask is refused: %s',
  async (key) => {
    await expect(of(key)).rejects.toMatchObject({ code: 'knowledge.unknown-space' });
  },
);

test('without a model, search is by words', async () => {
  const embedderOf = createEmbedderOf({
    createEmbedder,
    configured: undefined,
    activeSpace: async () => 'a|native|none',
  });
  expect(await embedderOf({ accountId: 1 })).toBeUndefined();
});
