import { expect, test } from 'vitest';
import { beirRun } from './beir-run.ts';
import { compareBeir } from './compare-beir.ts';
import type { BeirResult } from './evaluate-beir.ts';
import { beirPage } from './page/beir-page.ts';

const result = (id: string, ndcg: number, changes: Partial<BeirResult> = {}): BeirResult => ({
  id,
  question: `вопрос <${id}>`,
  ndcg,
  recallAt5: ndcg,
  recallAt10: ndcg,
  reciprocalRank: ndcg,
  first: 'd1',
  ms: 1,
  ...changes,
});

const before = [result('a', 0), result('b', 1), result('c', 0.5), result('gone', 1)];
const now = [result('a', 1), result('b', 0.5), result('c', 0.5), result('new', 1)];

test('queries are paired by id, and each change is told with the greatest first', () => {
  const comparison = compareBeir(before, now);
  expect(comparison).toMatchObject({
    common: 3,
    ndcg: { before: 0.5, now: 2 / 3 },
    better: [{ id: 'a', before: 0, now: 1 }],
    worse: [{ id: 'b', before: 1, now: 0.5 }],
  });
  expect(comparison.ndcg.low).toBeLessThan(comparison.ndcg.difference);
  expect(comparison.ndcg.high).toBeGreaterThan(comparison.ndcg.difference);
});

test('a query that asks something else now is another query', () => {
  expect(compareBeir([result('a', 0)], [result('a', 1, { question: 'другой' })])).toMatchObject({
    common: 0,
  });
});

test('the page shows figures, places, what was found badly and what changed, with nothing of a query as markup', () => {
  const figures = {
    documents: 2,
    queries: 4,
    'ndcg@10': 0.75,
    'recall@5': 1,
    'recall@10': 1,
    mrr: 0.75,
    p50Ms: 1,
    p95Ms: 2,
  };
  const run = beirRun({
    at: '2026-11-01T10:00:00Z',
    folder: 'x',
    embeddingModel: null,
    ...figures,
    results: now,
  });
  const past = { ...run, embeddingModel: 'e5', results: before };
  const html = beirPage({ run, past, comparison: compareBeir(before, now) });
  expect(html).toMatch(
    /0,7500[\s\S]*Место нужного документа[\s\S]*\(e5\)[\s\S]*Стало хуже: 1[\s\S]*не лучшим образом: 2/,
  );
  expect(html).toContain('вопрос &lt;a&gt;');
  expect(html).not.toContain('<a>');
});
