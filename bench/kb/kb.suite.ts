import type { Pool } from '@avito-autoreply/database';
import type { Source } from '@avito-autoreply/rag';
import { createTextSource } from '../retrieval/synthetic-text.ts';
import { createVectorSource } from '../retrieval/synthetic-vectors.ts';
import { inScratchDatabase } from '../scratch-database.ts';
import { defineSuite, type Report, type Row } from '../suite.ts';
import { percentile, rounded, timed } from '../timing.ts';
import { type Competitors, loadCompetitors } from './competitors.ts';
import { openOurs } from './ours.ts';

const DIMENSIONS = 1_536;
const CHUNKS_PER_DOCUMENT = 50;
const WORDS = 20_000;

/** Writing a knowledge base, beside what LangChain.js and LlamaIndex.TS need for the same texts and vectors. */
export const kbSuite = defineSuite({
  name: 'kb',
  summary:
    'sync of 2,000 chunks of 1,536 dimensions, beside LangChain.js and LlamaIndex.TS on the same stub model',
  flags: {
    chunks: [2_000, 'about so many'],
    rounds: [3, 'in which the stores take turns'],
    seed: [1, 'of texts and vectors'],
  },
  async run({ flags: { chunks, rounds, seed }, serverUrl, report }) {
    const sources = inventSources({ seed, chunks });
    const embed = createStub(seed);
    const competitors = await loadCompetitors(report);
    await inScratchDatabase({ serverUrl, name: 'bench_kb' }, async ({ pool, url }) => {
      // The first run makes the vectors, so that nobody's time holds the stub's.
      const warm = openOurs({ pool, space: 'warm-up', dimensions: DIMENSIONS, embed });
      await warm.sync(WARM_UP, sources);
      const texts = (await warm.chunksOf(WARM_UP)).map(({ heading, content }) => `${heading}\n${content}`);
      embed(texts);
      const times = createTimes(texts.length);
      // In turns, so that a load that changes meanwhile hits all of them.
      for (let round = 0; round < rounds; round += 1) {
        await measureOurs({ pool, embed, sources, round, times, report });
        if (competitors !== undefined) await measureOthers({ competitors, url, embed, texts, round, times });
      }
      report.table(`${texts.length} chunks, chunks per second, median of ${rounds} rounds`, times.rows());
      report.note(
        'ours holds the words indexed as well, and half precision; all graphs have m = 16, ef_construction = 64',
      );
      const rate = (store: string, column: string) => times.perSecond(store, column);
      if (competitors !== undefined) {
        const others = rate(LANG_CHAIN, INDEXED);
        report.target({
          what: 'a base of this size, as it is stored (no graph below 10,000 chunks), times LangChain.js into an indexed table',
          value: rate(OURS, PLAIN) / others,
          least: 2,
        });
        report.target({
          what: 'into a graph, as from 10,000 chunks on, times LangChain.js into an indexed table',
          value: rate(OURS, INDEXED) / others,
          least: 2,
        });
        const llama = (column: string) => rate(OURS, column) / rate(LLAMA_INDEX, column);
        report.target({ what: 'graph built after, times LlamaIndex.TS', value: llama(AFTER), least: 1 });
        report.target({ what: 'without graph, times LlamaIndex.TS', value: llama(PLAIN), least: 1 });
      }
    });
  },
});

const WARM_UP = 1;
const [OURS, LANG_CHAIN, LLAMA_INDEX] = ['ours', 'LangChain.js PGVectorStore', 'LlamaIndex.TS PGVectorStore'];
const [INDEXED, PLAIN, AFTER] = ['into a graph', 'without graph', 'graph built after'];

type Times = ReturnType<typeof createTimes>;
type Embed = (texts: readonly string[]) => number[][];

async function measureOurs({
  pool,
  embed,
  sources,
  round,
  times,
  report,
}: {
  pool: Pool;
  embed: Embed;
  sources: readonly Source[];
  round: number;
  times: Times;
  report: Report;
}): Promise<void> {
  const openIn = (space: string) =>
    openOurs({ pool, space: `${space}-${round}`, dimensions: DIMENSIONS, embed });
  const [plain, indexed] = [openIn('plain'), openIn('indexed')];
  const [first, second] = [WARM_UP + 1 + 2 * round, WARM_UP + 2 + 2 * round];
  const stored = await timed(() => plain.sync(first, sources));
  const built = await timed(() => plain.buildIndex(first));
  times.add(OURS, PLAIN, stored.ms);
  times.add(OURS, AFTER, stored.ms + built.ms);
  await indexed.buildIndex(second);
  times.add(OURS, INDEXED, (await timed(() => indexed.sync(second, sources))).ms);
  indexed.calls.embedding = 0;
  const again = await timed(() => indexed.sync(second, sources));
  if (round > 0) return;
  report.note(`unchanged base: ${rounded(again.ms)} ms, ${indexed.calls.embedding} embedding calls`);
  report.target({ what: 'embedding calls of an unchanged base', value: indexed.calls.embedding, most: 0 });
}

async function measureOthers({
  competitors,
  url,
  embed,
  texts,
  round,
  times,
}: {
  competitors: Competitors;
  url: string;
  embed: Embed;
  texts: readonly string[];
  round: number;
  times: Times;
}): Promise<void> {
  const options = { url, dimensions: DIMENSIONS, embed };
  const lean = await competitors.openLangChain({ ...options, table: `lang_graph_${round}`, isIndexed: true });
  times.add(LANG_CHAIN, INDEXED, (await timed(() => lean.add(texts))).ms);
  await lean.close();
  for (const [store, open, table] of [
    [LANG_CHAIN, competitors.openLangChain, `lang_plain_${round}`],
    [LLAMA_INDEX, competitors.openLlamaIndex, `llama_plain_${round}`],
  ] as const) {
    const bare = await open({ ...options, table });
    const stored = await timed(() => bare.add(texts));
    const built = await timed(bare.buildIndex);
    await bare.close();
    times.add(store, PLAIN, stored.ms);
    times.add(store, AFTER, stored.ms + built.ms);
  }
}

/** Milliseconds per store and column. */
function createTimes(chunks: number) {
  const all = new Map<string, Map<string, number[]>>();
  const perSecond = (store: string, column: string) => {
    const ms = percentile(0.5, all.get(store)?.get(column) ?? []);
    return ms === 0 ? 0 : rounded(chunks / (ms / 1_000));
  };
  return {
    perSecond,
    add: (store: string, column: string, ms: number) => {
      const ofStore = all.get(store) ?? new Map<string, number[]>();
      all.set(store, ofStore.set(column, [...(ofStore.get(column) ?? []), ms]));
    },
    rows: (): Row[] =>
      [...all].map(([store, columns]) => ({
        store,
        ...Object.fromEntries(
          [INDEXED, PLAIN, AFTER].map((column) => [
            column,
            columns.has(column) ? perSecond(store, column) : '',
          ]),
        ),
      })),
  };
}

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
