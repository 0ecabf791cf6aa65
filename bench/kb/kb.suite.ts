import type { Source } from '@avito-autoreply/rag';
import { createTextSource } from '../retrieval/synthetic-text.ts';
import { createVectorSource } from '../retrieval/synthetic-vectors.ts';
import { dropScratchDatabase, openScratchDatabase } from '../scratch-database.ts';
import { numberFlag, type Row, type Suite, textFlag } from '../suite.ts';
import { rounded, timed } from '../timing.ts';
import { loadCompetitors } from './competitors.ts';
import { openOurs } from './ours.ts';

const NAME = 'bench_kb';
const DIMENSIONS = 1_536;
const CHUNKS_PER_DOCUMENT = 50;
const WORDS = 20_000;

/** Writing a knowledge base, beside what LangChain.js and LlamaIndex.TS need for the same texts and vectors. */
export const kbSuite: Suite = {
  name: 'kb',
  summary:
    'sync of 2,000 chunks of 1,536 dimensions, beside LangChain.js and LlamaIndex.TS on the same stub model',
  flags: {
    chunks: 'about so many (2000)',
    seed: 'of texts and vectors (1)',
    database: 'URL of a Postgres server with pgvector',
  },
  async run({ flags, report }) {
    const serverUrl = textFlag(flags, 'database', '');
    const seed = numberFlag(flags, 'seed', 1);
    const sources = inventSources({ seed, chunks: numberFlag(flags, 'chunks', 2_000) });
    const embed = createStub(seed);
    const competitors = await loadCompetitors(report);
    await dropScratchDatabase({ serverUrl, name: NAME });
    const { pool, url } = await openScratchDatabase({ serverUrl, name: NAME });
    try {
      const oursIn = (space: string) => openOurs({ pool, space, dimensions: DIMENSIONS, embed });
      const [warm, unindexed, ours] = [oursIn('warm-up'), oursIn('plain'), oursIn('indexed')];
      // The first run makes the vectors, so that nobody's time holds the stub's.
      const first = await timed(() => warm.sync(1, sources));
      report.note(`vectors made and stored in ${rounded(first.ms / 1_000)} s`);
      const texts = (await warm.chunksOf(1)).map(({ heading, content }) => `${heading}\n${content}`);
      embed(texts);
      const perSecond = (ms: number) => rounded(texts.length / (ms / 1_000));
      const rows: Row[] = [];
      const add = (store: string, indexed: number | '', plain: number | '', after: number | '') =>
        rows.push({
          store,
          'into an indexed table': indexed,
          'without index': plain,
          'index built after': after,
        });

      const plain = await timed(() => unindexed.sync(2, sources));
      report.note(`stored without index in ${rounded(plain.ms / 1_000)} s`);
      const built = await timed(unindexed.buildIndex);
      report.note(`index built in ${rounded(built.ms / 1_000)} s`);
      await ours.buildIndex();
      const indexed = await timed(() => ours.sync(3, sources));
      ours.calls.embedding = 0;
      const again = await timed(() => ours.sync(3, sources));
      const after = plain.ms + built.ms;
      add(
        'ours, with the words indexed as well',
        perSecond(indexed.ms),
        perSecond(plain.ms),
        perSecond(after),
      );

      const langChain = { indexed: 0 };
      const llamaIndex = { plain: 0 };
      if (competitors !== undefined) {
        const options = { url, dimensions: DIMENSIONS, embed };
        const lean = await competitors.openLangChain({
          ...options,
          table: 'langchain_indexed',
          isIndexed: true,
        });
        langChain.indexed = perSecond((await timed(() => lean.add(texts))).ms);
        await lean.close();
        const bare = await competitors.openLangChain({ ...options, table: 'langchain_plain' });
        const barePlain = await timed(() => bare.add(texts));
        const bareIndex = await timed(bare.buildIndex);
        await bare.close();
        add(
          'LangChain.js PGVectorStore',
          langChain.indexed,
          perSecond(barePlain.ms),
          perSecond(barePlain.ms + bareIndex.ms),
        );
        const llama = await competitors.openLlamaIndex({ ...options, table: 'llamaindex' });
        const llamaPlain = await timed(() => llama.add(texts));
        const llamaIndexed = await timed(llama.buildIndex);
        await llama.close();
        llamaIndex.plain = perSecond(llamaPlain.ms);
        add('LlamaIndex.TS PGVectorStore', '', llamaIndex.plain, perSecond(llamaPlain.ms + llamaIndexed.ms));
      }
      report.table(`${texts.length} chunks, chunks per second`, rows);
      report.note(`unchanged base: ${rounded(again.ms)} ms, ${ours.calls.embedding} embedding calls`);
      report.target({ what: 'embedding calls of an unchanged base', value: ours.calls.embedding, most: 0 });
      if (competitors !== undefined) {
        const ratio = perSecond(indexed.ms) / langChain.indexed;
        report.target({ what: 'into an indexed table, times LangChain.js', value: ratio, least: 2 });
        const other = perSecond(after) / llamaIndex.plain;
        report.target({ what: 'index built after, times LlamaIndex.TS without any', value: other, least: 1 });
      }
    } finally {
      await pool.end();
      await dropScratchDatabase({ serverUrl, name: NAME });
    }
  },
};

function inventSources({ seed, chunks }: { seed: number; chunks: number }): Source[] {
  const { chunk } = createTextSource({ seed, words: WORDS });
  return Array.from({ length: Math.ceil(chunks / CHUNKS_PER_DOCUMENT) }, (_, index) => {
    const parts = Array.from(
      { length: CHUNKS_PER_DOCUMENT },
      (__, part) => `## Раздел ${part}\n\n${chunk()}`,
    );
    return { key: `${index}.md`, kind: 'markdown', name: `${index}.md`, text: parts.join('\n\n') };
  });
}

/** The same text has the same vector, whoever asks. */
function createStub(seed: number): (texts: readonly string[]) => number[][] {
  const { ofChunk } = createVectorSource({ seed, dimensions: DIMENSIONS });
  const known = new Map<string, number[]>();
  return (texts) =>
    texts.map((text) => {
      const vector = known.get(text) ?? ofChunk().vector;
      known.set(text, vector);
      return vector;
    });
}
