import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadPrices, requirePrices } from './prices.ts';

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prices-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'prices.json');
  await writeFile(path, text);
  return path;
}

const model = {
  apiKey: 'k',
  baseUrl: 'http://x/v1',
  chatModel: 'chat',
  embeddingModel: undefined,
  transcriptionModel: undefined,
  visionModel: undefined,
  embeddingDimensions: undefined,
  secondChatModel: { apiKey: 'k', baseUrl: 'http://y/v1', model: 'second' },
  timeoutMs: 1_000,
};

test('prices are read from the file, and there are none without one', async () => {
  const path = await fileWith('{"currency": "RUB", "models": {"chat": {"input": 15, "output": 60}}}');
  expect(await loadPrices(path)).toEqual({ currency: 'RUB', models: { chat: { input: 15, output: 60 } } });
  expect(await loadPrices(undefined)).toBeUndefined();
  const marked = await fileWith('\uFEFF{"currency": "RUB", "models": {}}');
  expect(await loadPrices(marked)).toEqual({ currency: 'RUB', models: {} });
});

test('a price that the file does not tell is unknown, not 0', async () => {
  const path = await fileWith(
    '{"currency": "RUB", "models": {"chat": {"input": 15}, "free": {"input": 0, "output": 0}}}',
  );
  const models = { chat: { input: 15 }, free: { input: 0, output: 0 } };
  expect(await loadPrices(path)).toEqual({ currency: 'RUB', models });
});

test('a budget needs to know what a model that writes takes for it; one that makes vectors writes nothing', () => {
  const models = { chat: { input: 1 }, second: { input: 1, output: 1 }, vectors: { input: 1 } };
  const prices = { currency: 'RUB', models };
  const both = { ...model, embeddingModel: 'vectors' };
  expect(() => requirePrices({ rerank: undefined, model: both, prices, hasBudget: true })).toThrow(
    /no output price for chat,/,
  );
  const known = { ...both, chatModel: 'second' };
  expect(() => requirePrices({ rerank: undefined, model: known, prices, hasBudget: true })).not.toThrow();
});

test('all problems of the file are told together', async () => {
  const path = await fileWith('{"models": {"chat": {"input": "15"}}}');
  await expect(loadPrices(path)).rejects.toThrow(/currency[\s\S]*models\.chat\.input: must be a number/);
  await expect(loadPrices(await fileWith('{'))).rejects.toThrow(/OPENAI_PRICES_FILE/);
  await expect(loadPrices('/nowhere.json')).rejects.toThrow(/nowhere/);
});

test('a reranker has a price by the search or by its tokens, and a budget needs one of them', async () => {
  const models = { bySearch: { search: 180 }, byTokens: { input: 5 } };
  const path = await fileWith(JSON.stringify({ currency: 'RUB', models }));
  const prices = await loadPrices(path);
  expect(prices?.models).toEqual(models);
  const needs = (name: string) => () =>
    requirePrices({
      model: undefined,
      rerank: { baseUrl: 'http://z', model: name, apiKey: undefined },
      prices,
      hasBudget: true,
    });
  expect(needs('bySearch')).not.toThrow();
  expect(needs('byTokens')).not.toThrow();
  expect(needs('other')).toThrow(/no price for other,/);
  const vectors = { ...model, chatModel: undefined, secondChatModel: undefined, embeddingModel: 'bySearch' };
  expect(() => requirePrices({ model: vectors, rerank: undefined, prices, hasBudget: true })).toThrow(
    /no price for bySearch,/,
  );
  await expect(
    loadPrices(await fileWith('{"currency": "RUB", "models": {"m": {"output": 1}}}')),
  ).rejects.toThrow(/models\.m\.input: must be a number/);
});

test('a budget needs a price for every model', () => {
  const prices = { currency: 'RUB', models: { chat: { input: 1, output: 1 } } };
  expect(() => requirePrices({ rerank: undefined, model, prices, hasBudget: true })).toThrow(
    /no price for second/,
  );
  expect(() => requirePrices({ rerank: undefined, model, prices: undefined, hasBudget: true })).toThrow(
    /chat, second/,
  );
  const sees = { ...model, secondChatModel: undefined, visionModel: 'sees' };
  expect(() => requirePrices({ rerank: undefined, model: sees, prices, hasBudget: true })).toThrow(
    /no price for sees/,
  );
  const hears = { ...sees, chatModel: 'sees', transcriptionModel: 'hears' };
  expect(() => requirePrices({ rerank: undefined, model: hears, prices, hasBudget: true })).toThrow(
    /no price for sees, hears,/,
  );
  expect(() =>
    requirePrices({ rerank: undefined, model, prices: undefined, hasBudget: false }),
  ).not.toThrow();
  expect(() =>
    requirePrices({ rerank: undefined, model: undefined, prices: undefined, hasBudget: true }),
  ).not.toThrow();
});
