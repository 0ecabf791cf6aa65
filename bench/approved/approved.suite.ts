import { createRepositories, createRunQuery, type Pool } from '@avito-autoreply/database';
import { foldApprovedQuestion, readApprovedPair } from '@avito-autoreply/rag';
import { createRandom, pick, type Random } from '../random.ts';
import { createTextSource, misspell } from '../retrieval/synthetic-text.ts';
import { inScratchDatabase } from '../scratch-database.ts';
import { defineSuite } from '../suite.ts';
import { percentile, rounded, timed } from '../timing.ts';
import { shopQuestion } from './shop-questions.ts';

const [ACCOUNT, OTHER_ACCOUNT] = [1, 2];
const PAIRS_PER_CALL = 1_000;
const THINGS = 3_000;
const WARM_UP = 100;

/** The look-up that stands before every answer: has an operator approved one for this question? */
export const approvedSuite = defineSuite({
  name: 'approved',
  summary: 'approved answers: a question looked up among 10,000 pairs of its account and as many of another',
  flags: {
    pairs: [10_000, 'of each account'],
    questions: [1_000, 'of each kind'],
    seed: [1, 'of the questions'],
  },
  async run({ flags: { pairs, questions: count, seed }, serverUrl, report }) {
    await inScratchDatabase({ serverUrl, name: 'bench_approved' }, async ({ pool }) => {
      const random = createRandom(seed);
      const ask = askerOf({ seed, random });
      const stored = await fill({ pool, ask, pairs });
      const known = () => stored[pick(random, stored.length)] ?? '';
      const kinds = {
        'the same question, politely': () => `Здравствуйте! Подскажите, пожалуйста, ${known()}`,
        'with a slip': () => slipIn(known(), random),
        'another question': ask,
      };
      const { approvedAnswers } = createRepositories(pool);
      const rows = [];
      for (const [kind, next] of Object.entries(kinds)) {
        const times: number[] = [];
        let found = 0;
        for (let index = -WARM_UP; index < count; index += 1) {
          const question = next();
          const { ms, result } = await timed(async () =>
            approvedAnswers.findNear({ accountId: ACCOUNT, folded: foldApprovedQuestion(question) }),
          );
          if (index < 0) continue;
          times.push(ms);
          if (result.length > 0) found += 1;
        }
        const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(share, times));
        rows.push({ kind, p50, p95, p99, found: found / count });
      }
      report.table(
        `look-up among ${stored.length} pairs, milliseconds`,
        rows.map(({ kind, found, ...times }) => ({
          question: kind,
          ...Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, rounded(ms ?? 0, 2)])),
          found: rounded(found, 3),
        })),
      );
      const slowest = Math.max(...rows.map(({ p95 }) => p95 ?? Infinity));
      report.target({ what: 'p95 of the slowest kind', value: slowest, most: 5, unit: 'ms' });
    });
  },
});

function askerOf({ seed, random }: { seed: number; random: Random }): () => string {
  const { chunk } = createTextSource({ seed, words: THINGS });
  const things = new Set<string>();
  while (things.size < THINGS) for (const word of chunk().match(/\p{L}+/gu) ?? []) things.add(word);
  const all = [...things];
  return () => shopQuestion(random, all);
}

/** Returns the questions of the account's pairs. */
async function fill({
  pool,
  ask,
  pairs,
}: {
  pool: Pool;
  ask: () => string;
  pairs: number;
}): Promise<string[]> {
  const { approvedAnswers } = createRepositories(pool);
  const questions = Array.from({ length: pairs }, ask);
  for (const accountId of [OTHER_ACCOUNT, ACCOUNT]) {
    for (let from = 0; from < pairs; from += PAIRS_PER_CALL) {
      const some = questions.slice(from, from + PAIRS_PER_CALL);
      await approvedAnswers.save({
        accountId,
        pairs: some.map((question) => readApprovedPair({ question, answer: 'Да, конечно.' })),
      });
    }
  }
  // As autovacuum leaves the table a minute later.
  await createRunQuery(pool)('vacuum (analyze) approved_answers');
  return questions;
}

function slipIn(question: string, random: Random): string {
  const words = question.split(' ');
  const at = pick(random, words.length);
  return words.map((word, index) => (index === at ? misspell(word, random) : word)).join(' ');
}
