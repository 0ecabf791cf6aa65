import { rm } from 'node:fs/promises';
import { createKnowledgeRepositories } from '@avito-autoreply/database';
import { createPostgresChunkSearch, createRetriever, evaluateBeir } from '@avito-autoreply/rag';
import { dropScratchDatabase, openScratchDatabase } from '../scratch-database.ts';
import { numberFlag, type Suite, textFlag } from '../suite.ts';
import { rounded } from '../timing.ts';
import { misspeltFolder } from './misspelt-folder.ts';

const NAME = 'bench_xquad';
const MISSPELT_SHARE = 0.3;

/** Search by words on a BEIR folder, without any model, as typed and with slips. */
export const xquadSuite: Suite = {
  name: 'xquad',
  summary: 'search by words on a BEIR folder, as typed and with slips in 30 % of the words',
  flags: { folder: 'with corpus.jsonl, queries.jsonl and qrels/test.tsv', seed: 'of the slips (1)' },
  async run({ flags, report }) {
    const folder = textFlag(flags, 'folder', '');
    if (folder === '')
      return report.note('left out: --folder names the BEIR folder, for instance of XQuAD-ru');
    const serverUrl = textFlag(flags, 'database', '');
    const { pool } = await openScratchDatabase({ serverUrl, name: NAME });
    const misspelt = await misspeltFolder({
      folder,
      share: MISSPELT_SHARE,
      seed: numberFlag(flags, 'seed', 1),
    });
    try {
      const search = createPostgresChunkSearch(pool);
      const retriever = createRetriever({ search });
      const deps = { store: createKnowledgeRepositories(pool), search, retriever };
      const typed = await evaluateBeir(deps, { folder });
      const slips = await evaluateBeir(deps, { folder: misspelt });
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
    } finally {
      await pool.end();
      await rm(misspelt, { recursive: true });
      await dropScratchDatabase({ serverUrl, name: NAME });
    }
  },
};
