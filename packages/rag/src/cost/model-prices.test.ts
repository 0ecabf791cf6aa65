import { expect, test } from 'vitest';
import { costOf, isFree, totalCost } from './model-prices.ts';

const prices = {
  currency: 'RUB',
  models: { small: { input: 10, output: 40 }, vectors: { input: 2, output: 0 } },
};
const call = (model: string, inputTokens: number, outputTokens = 0) => ({
  model,
  usage: { inputTokens, outputTokens },
});

test('tokens cost by the million, input and output apart', () => {
  expect(costOf(call('small', 1_000_000, 500_000), prices)).toBe(30);
  expect(costOf(call('vectors', 500_000), prices)).toBe(1);
});

test('what is not known is null, never 0', () => {
  expect(costOf(call('other', 10), prices)).toBeNull();
  expect(costOf(call('small', 10), undefined)).toBeNull();
  expect(costOf(call('small', 0), prices)).toBeNull();
});

test('what was written at a price that nobody told cost nobody knows what', () => {
  const half = { currency: 'RUB', models: { small: { input: 10 } } };
  expect(costOf(call('small', 10, 5), half)).toBeNull();
  expect(costOf(call('small', 1_000_000), half)).toBe(10);
});

test('searches of a reranker cost by the thousand where they have a price, its tokens by the million else', () => {
  const rerankers = { currency: 'RUB', models: { bySearch: { search: 180 }, byTokens: { input: 5 } } };
  const search = (model: string, searches: number | undefined, inputTokens: number) => ({
    ...call(model, inputTokens),
    searches,
  });
  expect(costOf(search('bySearch', 2, 9_000), rerankers)).toBe(0.36);
  expect(costOf(search('byTokens', 1, 200_000), rerankers)).toBe(1);
  expect(costOf(search('bySearch', undefined, 9_000), rerankers)).toBeNull();
  expect(costOf(search('byTokens', 1, 0), rerankers)).toBeNull();
});

test('free is what is said to cost nothing, not what nobody told', () => {
  const some = { currency: 'RUB', models: { own: { input: 0, output: 0 }, mixed: { input: 0, output: 1 } } };
  expect(['own', 'mixed', 'other'].map((model) => isFree(model, some))).toEqual([true, false, false]);
  expect(isFree('own', undefined)).toBe(false);
});

test('a sum with an unknown part is unknown, and nothing costs nothing', () => {
  expect(totalCost([call('small', 1_000_000), call('vectors', 1_000_000)], prices)).toBe(12);
  expect(totalCost([call('small', 1_000_000), call('other', 1)], prices)).toBeNull();
  expect(totalCost([], prices)).toBe(0);
});
