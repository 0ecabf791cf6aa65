import { createKnowledgeRepositories, createRunQuery, type Pool } from '@avito-autoreply/database';
import { createPostgresChunkSearch, createRetriever, type Embedder } from '@avito-autoreply/rag';
import { inScratchDatabase } from '../scratch-database.ts';
import { defineSuite, type Report } from '../suite.ts';
import { mean, overlapAtTen, percentile, rounded, timed } from '../timing.ts';
import { exactBm25, exactNearest, fillPlainPostings } from './exact-search.ts';
import { fillBase, type Question, SPACE } from './fill-base.ts';

const ACCOUNT = 1;
const OTHER_ACCOUNTS = 4;
const PASSAGES = 8;
/** Questions asked before the clock runs: connections, plans and pages are warm, as in a worker that has been up for some minutes. */
const WARM_UP = 50;

/** Search over one large knowledge base among others, by words, by meaning and by both, beside the exact searches. */
export const retrievalSuite = defineSuite({
  name: 'retrieval',
  summary: 'search over 100,000 chunks of 1,536 dimensions: recall and time',
  flags: {
    chunks: [100_000, 'of the account that is asked'],
    words: [200_000, 'stems of the invented language'],
    questions: [200, 'that are asked'],
    seed: [1, 'of texts and vectors'],
    keep: [false, 'leave the database for the next run'],
  },
  async run({ flags: { chunks, words, questions: count, seed, keep }, serverUrl, report }) {
    const name = `bench_retrieval_${chunks}_${words}_${seed}`;
    await inScratchDatabase({ serverUrl, name, isTakenOver: true, isKept: keep }, async ({ pool, isNew }) => {
      const questions = await prepare({ pool, chunks, words, seed, count, isFilled: !isNew, report });
      await fillPlainPostings({ pool, account: ACCOUNT });
      await measure({ pool, questions, report });
    });
  },
});

async function prepare({
  pool,
  chunks,
  words,
  seed,
  count,
  isFilled,
  report,
}: {
  pool: Pool;
  chunks: number;
  words: number;
  seed: number;
  count: number;
  isFilled: boolean;
  report: Report;
}): Promise<Question[]> {
  const start = performance.now();
  const base = { pool, words, isFilled };
  const questions = await fillBase({
    ...base,
    account: ACCOUNT,
    chunks,
    seed,
    questions: count + WARM_UP,
    onProgress: (done) => {
      if (done % 10_000 === 0)
        report.note(`${done} chunks ${isFilled ? 'repeated' : 'stored'}, ${secondsSince(start)} s`);
    },
  });
  if (isFilled) return questions;
  for (let account = ACCOUNT + 1; account <= ACCOUNT + OTHER_ACCOUNTS; account += 1) {
    const part = Math.ceil(chunks / 20);
    await fillBase({
      ...base,
      account,
      chunks: part,
      seed: seed + account,
      questions: 0,
      onProgress: () => {},
    });
  }
  const run = createRunQuery(pool);
  // As autovacuum leaves the tables a minute later.
  for (const table of ['posting_lists', 'lexicon', 'chunks']) await run(`vacuum (analyze) ${table}`);
  const { chunks: vectors, documents } = createKnowledgeRepositories(pool);
  const index = await timed(() =>
    vectors.ensureVectorIndex({ accountId: ACCOUNT, spaceKey: SPACE.key, minVectors: 0 }),
  );
  report.note(`HNSW index built in ${rounded(index.ms / 1_000)} s`);
  await documents.refreshStatistics();
  return questions;
}

const secondsSince = (start: number) => Math.round((performance.now() - start) / 1_000);

async function measure({
  pool,
  questions,
  report,
}: {
  pool: Pool;
  questions: readonly Question[];
  report: Report;
}): Promise<void> {
  const search = createPostgresChunkSearch(pool);
  const byText = new Map(questions.map((question) => [question.text, question.vector]));
  const embedder: Embedder = {
    spaceKey: SPACE.key,
    model: SPACE.model,
    maxBatchSize: 1,
    embed: async ({ texts }) => ({ vectors: texts.map((text) => byText.get(text) ?? []), tokens: 0 }),
  };
  const lexical = createRetriever({ search });
  const hybrid = createRetriever({ search, embedder });
  const figures = { lexical: leg(), bm25: leg(), dense: leg(), exact: leg(), hybrid: leg() };
  // Ours for all questions first: the exact searches read the whole base for each question, and nothing of it would be
  // left in the server's buffers. Hybrid is the first to touch what a question needs.
  const found = [];
  for (const question of questions) {
    const { account: accountId, text, vector } = question;
    const query = { accountId, question: text, limit: PASSAGES };
    const both = await timed(() => hybrid.retrieve(query));
    const dense = await timed(() =>
      search.searchDense({ accountId, spaceKey: SPACE.key, vector, limit: 50 }),
    );
    const byWords = await timed(() => lexical.rank({ ...query, limit: 10 }));
    found.push({ question, both, dense, byWords });
  }
  for (const { question, both, dense, byWords } of found.slice(WARM_UP)) {
    const { account, vector } = question;
    const nearest = await timed(() => exactNearest({ pool, account, vector }));
    const bm25 = await timed(() => exactBm25({ pool, account, asked: byWords.result.asked }));
    figures.hybrid.add(both.ms);
    figures.exact.add(nearest.ms, 1);
    figures.bm25.add(bm25.ms, 1);
    figures.dense.add(dense.ms, overlapAtTen(nearest.result, idsOf(dense.result)));
    figures.lexical.add(byWords.ms, overlapAtTen(bm25.result, idsOf(byWords.result.lexical)));
  }
  report.table('search, milliseconds', [
    figures.lexical.row('by words (ours, with repair)'),
    figures.bm25.row('by words: BM25 over all postings'),
    figures.dense.row('by meaning (HNSW)'),
    figures.exact.row('by meaning: all vectors compared'),
    figures.hybrid.row('hybrid, passages loaded'),
  ]);
  const hybridP95 = percentile(0.95, figures.hybrid.times);
  report.target({ what: 'hybrid p95', value: hybridP95, most: 50, unit: 'ms' });
  report.target({ what: 'recall@10 by meaning', value: mean(figures.dense.recalls), least: 0.95 });
}

const idsOf = (hits: readonly { chunkId: number }[]) => hits.map(({ chunkId }) => chunkId);

function leg() {
  const times: number[] = [];
  const recalls: number[] = [];
  return {
    times,
    recalls,
    add: (ms: number, recall?: number) => {
      times.push(ms);
      if (recall !== undefined) recalls.push(recall);
    },
    row: (name: string) => ({
      search: name,
      p50: rounded(percentile(0.5, times)),
      p95: rounded(percentile(0.95, times)),
      'recall@10': recalls.length === 0 ? '' : rounded(mean(recalls), 3),
    }),
  };
}
