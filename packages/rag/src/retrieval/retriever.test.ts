import { Writable } from 'node:stream';
import { AppError, createLogger } from '@avito-autoreply/runtime';
import { describe, expect, test } from 'vitest';
import type { ChunkSearch, Reranker, StoredChunk } from '../ports.ts';
import { createFakeEmbedder, unavailable } from '../testing/fake-models.ts';
import { createRetriever } from './retriever.ts';

const chunk = (chunkId: number): StoredChunk => ({
  chunkId,
  sourceKey: `${chunkId}.md`,
  title: 'Магазин',
  heading: 'Магазин',
  question: null,
  position: 0,
  content: `текст ${chunkId}`,
});
const base = [1, 2, 3, 4].map(chunk);
const hit = (chunkId: number, isOfItem = false) => ({ chunkId, score: 1, isOfItem });

/** Words find 1, 2, 3; meaning finds 3, 1. */
function searchOf(changes: Partial<ChunkSearch> = {}): ChunkSearch {
  const known = { lexemes: ['доставк'], candidates: [{ lexeme: 'доставк', chunks: 3, isSame: true }] };
  return {
    lookUpWords: async ({ words }) => ({ chunkCount: 4, averageTerms: 2, words: words.map(() => known) }),
    searchLexical: async () => [hit(1), hit(2), hit(3)],
    searchDense: async () => [
      { chunkId: 3, similarity: 0.9, isOfItem: false },
      { chunkId: 1, similarity: 0.8, isOfItem: false },
    ],
    loadChunks: async ({ chunkIds }) => base.filter(({ chunkId }) => chunkIds.includes(chunkId)),
    loadSmallBase: async () => base,
    stem: async () => [],
    ...changes,
  };
}
const { embedder } = createFakeEmbedder();
const query = { accountId: 1, question: 'доставка', limit: 3 };
const idsOf = (hits: readonly { chunkId: number }[]) => hits.map(({ chunkId }) => chunkId);

describe('a word that nobody knows', () => {
  const unknown = { lexemes: ['росад'], candidates: [] };
  const seedlings = { lexemes: ['рассад'], candidates: [{ lexeme: 'рассад', chunks: 1, isSame: true }] };

  test('is looked up as it may be spelt right', async () => {
    const searched: string[][] = [];
    const search = searchOf({
      lookUpWords: async ({ words, others = [] }) => ({
        chunkCount: 4,
        averageTerms: 2,
        words: [...words, ...others].map((word) => (word === 'рассада' ? seedlings : unknown)),
      }),
      searchLexical: async ({ terms }) => {
        searched.push(terms.map(({ lexeme }) => lexeme));
        return [hit(1)];
      },
    });
    const { asked } = await createRetriever({ search }).rank({ ...query, question: 'росада' });
    expect(searched).toEqual([['рассад']]);
    expect(asked).toMatchObject([{ word: 'росада', kind: 'repaired' }]);
  });

  test('is looked up with its neighbour, as one word with a space in it', async () => {
    const camouflage = {
      lexemes: ['маскхалат'],
      candidates: [{ lexeme: 'маскхалат', chunks: 1, isSame: true }],
    };
    const lookUpWords: ChunkSearch['lookUpWords'] = async ({ words, others = [] }) => ({
      chunkCount: 4,
      averageTerms: 2,
      words: [...words, ...others].map((word) => (word === 'маскхалат' ? camouflage : unknown)),
    });
    const { asked } = await createRetriever({ search: searchOf({ lookUpWords }) }).rank({
      ...query,
      question: 'маск халат',
    });
    expect(asked).toMatchObject([
      { word: 'маск', kind: 'repaired', terms: [{ lexeme: 'маскхалат' }] },
      { word: 'халат', kind: 'repaired', terms: [{ lexeme: 'маскхалат' }] },
    ]);
  });

  test.each([
    ['which a question without any does not need', 'доставка', 1],
    ['nor one with a slip that the base mends as well', 'видеорегестратор', 1],
    ['but one that has nothing quite like it does', 'росада', 2],
  ])('costs a second look-up, %s', async (_, question, expected) => {
    const lookUp = (lexeme: string) => ({ lexeme, chunks: 1, isSame: lexeme === 'доставк' });
    const found: Record<string, { lexemes: string[]; candidates: ReturnType<typeof lookUp>[] }> = {
      доставка: { lexemes: ['доставк'], candidates: [lookUp('доставк')] },
      видеорегестратор: { lexemes: ['видеорегестратор'], candidates: [lookUp('видеорегистратор')] },
    };
    let lookUps = 0;
    const search = searchOf({
      lookUpWords: async ({ words, others = [] }) => {
        lookUps += 1;
        return {
          chunkCount: 4,
          averageTerms: 2,
          words: [...words, ...others].map((word) => found[word] ?? unknown),
        };
      },
    });
    await createRetriever({ search }).rank({ ...query, question });
    expect(lookUps).toBe(expected);
  });
});

describe('the weights', () => {
  test('are those that are stored for the account', async () => {
    const weightsOf = async ({ accountId }: { accountId: number }) =>
      accountId === 1 ? { dense: 0, lexical: 1 } : undefined;
    const retriever = createRetriever({ search: searchOf(), embedder, weightsOf });
    expect(idsOf((await retriever.rank(query)).hits)).toEqual([1, 2, 3]);
    expect(idsOf((await retriever.rank({ ...query, accountId: 2 })).hits)).toEqual([3, 1, 2]);
  });
});

test('the model that was asked for the vector is told, also where the search with it failed', async () => {
  const { model } = embedder;
  const vectors = await createRetriever({ search: searchOf(), embedder }).rank(query);
  expect(vectors).toMatchObject({ embeddedBy: model });
  const search = searchOf({ searchDense: () => Promise.reject(unavailable()) });
  const failed = await createRetriever({ search, embedder }).rank(query);
  expect(failed).toMatchObject({ embeddedBy: model, meaningFailure: 'model.unavailable' });
  expect(failed.embeddingTokens).toBe(vectors.embeddingTokens);
  expect((await createRetriever({ search }).rank(query)).embeddedBy).toBeUndefined();
});

describe('a reranker', () => {
  const reversing: Reranker = {
    model: 'reversing',
    rerank: async ({ documents }) => ({
      ranked: documents.map((_, index) => ({ index, score: index })).toReversed(),
      tokens: 40,
      searches: 1,
    }),
  };

  test('has the last word on the order', async () => {
    const retriever = createRetriever({ search: searchOf(), reranker: reversing });
    const { hits, reranked } = await retriever.rank(query);
    expect(idsOf(hits)).toEqual([3, 2, 1]);
    expect(reranked).toEqual([
      { chunkId: 3, score: 2 },
      { chunkId: 2, score: 1 },
      { chunkId: 1, score: 0 },
    ]);
  });

  test('reads the texts in the order of the search, so that those it finds equal keep it', async () => {
    const undecided = {
      ...reversing,
      rerank: async ({ documents }: { documents: readonly string[] }) => ({
        ranked: documents.map((_, index) => ({ index, score: 1 })),
        tokens: 0,
        searches: 1,
      }),
    };
    const search = searchOf({
      searchLexical: async () => [hit(3), hit(1), hit(2)],
      loadChunks: async () => base.slice(0, 3),
    });
    const retriever = createRetriever({ search, reranker: undecided });
    expect(idsOf((await retriever.rank(query)).hits)).toEqual([3, 1, 2]);
  });

  test('that leaves some out, or names what was not there, takes nothing away', async () => {
    const partial = {
      ...reversing,
      rerank: async () => ({
        ranked: [
          { index: 2, score: 1 },
          { index: 9, score: 0 },
        ],
        tokens: 0,
        searches: 1,
      }),
    };
    const retriever = createRetriever({ search: searchOf(), reranker: partial });
    expect(idsOf((await retriever.rank(query)).hits)).toEqual([3, 1, 2]);
  });

  test('that fails leaves the order of the search', async () => {
    const broken = { ...reversing, rerank: () => Promise.reject(unavailable()) };
    const retriever = createRetriever({ search: searchOf(), reranker: broken });
    const { hits, reranked, rerankFailure } = await retriever.rank(query);
    expect([idsOf(hits), reranked, rerankFailure]).toEqual([[1, 2, 3], undefined, 'model.unavailable']);
  });

  test('tells what it used, and that nobody knows where it may be on the bill without an answer', async () => {
    const rank = (reranker: Reranker) => createRetriever({ search: searchOf(), reranker }).rank(query);
    const nothing = { inputTokens: 0, outputTokens: 0 };
    expect((await rank(reversing)).rerankCall).toEqual({
      model: 'reversing',
      usage: { ...nothing, inputTokens: 40 },
      searches: 1,
    });
    const late = new AppError('late', { code: 'model.timeout' });
    const failed = await rank({ ...reversing, rerank: () => Promise.reject(late) });
    expect(failed.rerankCall).toEqual({ model: 'reversing', usage: nothing });
    const away = await rank({ ...reversing, rerank: () => Promise.reject(unavailable()) });
    expect(away.rerankCall).toBeUndefined();
  });

  test('and vectors that fail are logged with their reason', async () => {
    const lines: string[] = [];
    const write = (chunk: unknown, _: string, done: () => void) => {
      lines.push(String(chunk));
      done();
    };
    const logger = createLogger({ service: 'test', destination: new Writable({ write }) });
    const fails = () => Promise.reject(unavailable());
    const retriever = createRetriever({
      search: searchOf(),
      reranker: { ...reversing, rerank: fails },
      embedder: { ...embedder, embed: fails },
      logger,
    });
    expect(await retriever.rank(query)).toMatchObject({ meaningFailure: 'model.unavailable' });
    expect(lines.map((line) => JSON.parse(line).error.code)).toEqual([
      'model.unavailable',
      'model.unavailable',
    ]);
  });

  test('is not asked on behalf of a turn that was given up', async () => {
    const signal = AbortSignal.abort(new AppError('stopped', { code: 'test.stopped' }));
    const aborted = { ...reversing, rerank: () => Promise.reject(signal.reason) };
    const retriever = createRetriever({ search: searchOf(), reranker: aborted });
    await expect(retriever.rank({ ...query, signal })).rejects.toMatchObject({ code: 'test.stopped' });
  });
});

test('a model that must not be asked is not, and it is told what the search did without', async () => {
  const asked: string[] = [];
  const counting = {
    ...embedder,
    embed: (input: Parameters<typeof embedder.embed>[0]) => {
      asked.push('vector');
      return embedder.embed(input);
    },
  };
  const reranker: Reranker = {
    model: 'dear',
    rerank: async () => {
      asked.push('order');
      return { ranked: [], tokens: 0, searches: 1 };
    },
  };
  const retriever = createRetriever({ search: searchOf(), embedder: counting, reranker });
  const held = await retriever.rank({ ...query, mayAsk: () => false });
  expect([asked, held.leftOut, held.embeddedBy, held.dense]).toEqual([
    [],
    ['meaning', 'reranking'],
    undefined,
    [],
  ]);
  const half = await retriever.rank({ ...query, mayAsk: (model) => model !== 'dear' });
  expect([asked, half.leftOut]).toEqual([['vector'], ['reranking']]);
  expect(await retriever.rank(query)).not.toHaveProperty('leftOut');
});

test('of a message without words no vector is asked for, which servers refuse', async () => {
  const refusing = { ...embedder, embed: () => Promise.reject(unavailable()) };
  const retriever = createRetriever({ search: searchOf(), embedder: refusing });
  expect(await retriever.rank({ ...query, question: '  ' })).not.toHaveProperty('meaningFailure');
});

test('what belongs to the listing asked about comes first', async () => {
  const search = searchOf({ searchLexical: async () => [hit(1), hit(2), hit(3, true)] });
  expect(idsOf((await createRetriever({ search }).rank({ ...query, itemId: 5 })).hits)).toEqual([3, 1, 2]);
});

describe('a small base', () => {
  test('comes as a whole where that is asked: first what was found, then the rest', async () => {
    const { passages, rest } = await createRetriever({ search: searchOf() }).retrieve({
      ...query,
      limit: 2,
      wholeBelow: 100,
    });
    expect(passages.map(({ content }) => content)).toEqual(['текст 1', 'текст 2']);
    expect(rest?.map(({ content }) => content)).toEqual(['текст 3', 'текст 4']);
  });

  test('is not read otherwise, nor is a large one', async () => {
    const search = searchOf({ loadSmallBase: async () => undefined });
    const retriever = createRetriever({ search });
    expect((await retriever.retrieve({ ...query, wholeBelow: 10 })).rest).toBeUndefined();
    const { passages, rest } = await createRetriever({ search: searchOf() }).retrieve(query);
    expect([passages.length, rest]).toEqual([3, undefined]);
  });
});

test('what only the words find is read, however many hits the meaning has', async () => {
  const dense = Array.from({ length: 50 }, (_, index) => ({
    chunkId: 100 + index,
    similarity: 0.9,
    isOfItem: false,
  }));
  const search = searchOf({ searchLexical: async () => [hit(1)], searchDense: async () => dense });
  const { hits } = await createRetriever({ search, embedder }).rank({ ...query, limit: 8 });
  expect(idsOf(hits)).toEqual([100, 101, 102, 103, 104, 105, 106, 1]);
});
