import { rm } from 'node:fs/promises';
import { createKnowledgeRepositories } from '@avito-autoreply/database';
import { createPostgresChunkSearch, createRetriever, evaluateBeir } from '@avito-autoreply/rag';
import { inScratchDatabase } from '../scratch-database.ts';
import { defineSuite } from '../suite.ts';
import { rounded } from '../timing.ts';
import { misspeltFolder } from './misspelt-folder.ts';

const MISSPELT_SHARE = 0.3;

/** Search by words on a BEIR folder, without any model, as typed and with slips. */
export const xquadSuite = defineSuite({
  name: 'xquad',
  summary: 'search by words on a BEIR folder, as typed and with slips in 30 % of the words',
  flags: {
    folder: ['', 'with corpus.jsonl, queries.jsonl and qrels/test.tsv'],
    seed: [1, 'of the slips'],
  },
  async run({ flags: { folder, seed }, serverUrl, report }) {
    if (folder === '')
      return report.note('left out: --folder names the BEIR folder, for instance of XQuAD-ru');
    const misspelt = await misspeltFolder({ folder, share: MISSPELT_SHARE, seed });
    await inScratchDatabase({ serverUrl, name: 'bench_xquad' }, async ({ pool }) => {
      const search = createPostgresChunkSearch(pool);
      const retriever = createRetriever({ search });
      const deps = { store: createKnowledgeRepositories(pool), search, retriever };
      const { figures: typed } = await evaluateBeir(deps, { folder });
      const { figures: slips } = await evaluateBeir(deps, { folder: misspelt });
      report.table(
        `${typed.documents} documents, ${typed.queries} questions`,
        Object.entries({ 'as typed': typed, 'with slips': slips }).map(([questions, figures]) => ({
          questions,
          'nDCG@10': rounded(figures['ndcg@10'], 4),
          'recall@10': rounded(figures['recall@10'], 4),
          p50: rounded(figures.p50Ms),
          p95: rounded(figures.p95Ms),
        })),
      );
      report.target({ what: 'nDCG@10', value: typed['ndcg@10'], least: 0.963 });
      report.target({ what: 'nDCG@10 with slips', value: slips['ndcg@10'], least: 0.955 });
      report.target({ what: 'p95', value: Math.max(typed.p95Ms, slips.p95Ms), most: 20, unit: 'ms' });
    }).finally(() => rm(misspelt, { recursive: true }));
  },
});
