import { errorInfo, type Logger, silentLogger } from '@avito-autoreply/runtime';
import type { ChunkSearch, Embedder, EmbedderOf, LexicalHit } from '../ports.ts';
import { defaultFusionWeights, fuseRankings, type FusedHit, type FusionWeights } from './fusion.ts';
import { mergeNeighbours, type Passage } from './merge-neighbours.ts';
import { questionWords } from './question-words.ts';
import { defaultSynonyms, type SynonymGroup } from './synonyms.ts';
import { type AskedTerm, searchTerms, weighTerms } from './term-weights.ts';

/** Candidates that each leg hands to the fusion. */
const LEG_LIMIT = 50;

export type Ranking = {
  /** Best first. */
  hits: FusedHit[];
  asked: AskedTerm[];
  lexical: LexicalHit[];
  dense: { chunkId: number; similarity: number }[];
  embeddingTokens: number;
};

export type Retrieved = Ranking & { passages: Passage[] };

type Query = {
  accountId: number;
  question: string;
  limit: number;
  /** The listing that the question is about: what the base holds of other listings is not found. */
  itemId?: number | undefined;
  signal?: AbortSignal | undefined;
};

export type Retriever = {
  /** Chunks in the order of the fused ranking. */
  rank: (query: Query) => Promise<Ranking>;
  /** The same with up to `limit` chunks loaded, neighbours merged into passages. */
  retrieve: (query: Query) => Promise<Retrieved>;
};

type RetrieverDeps = {
  search: ChunkSearch;
  /** Without one, retrieval is by words only. A function where each account has a space of its own. */
  embedder?: Embedder | EmbedderOf | undefined;
  weights?: FusionWeights | undefined;
  synonyms?: readonly SynonymGroup[] | undefined;
  logger?: Logger | undefined;
};

/** Hybrid retrieval. A model that fails leaves the words: the dense leg is then empty, which is logged. */
export function createRetriever({
  search,
  embedder: given,
  weights = defaultFusionWeights,
  synonyms = defaultSynonyms,
  logger = silentLogger,
}: RetrieverDeps): Retriever {
  const embedderOf: EmbedderOf = typeof given === 'function' ? given : async () => given;
  const searchWords = async ({ accountId, question, itemId }: Query) => {
    const words = questionWords({ question, synonyms });
    if (words.length === 0) return { asked: [], lexical: [] };
    const lookup = await search.lookUpWords({ accountId, words: words.map(({ word }) => word) });
    const asked = weighTerms({ words, lookup });
    const lexical = await search.searchLexical({
      accountId,
      terms: searchTerms(asked),
      averageTerms: lookup.averageTerms,
      limit: LEG_LIMIT,
      itemId,
    });
    return { asked, lexical };
  };

  const searchMeaning = async ({ accountId, question, itemId, signal }: Query) => {
    const nothing = { dense: [], embeddingTokens: 0 };
    try {
      const embedder = await embedderOf({ accountId });
      if (embedder === undefined) return nothing;
      const { vectors, tokens } = await embedder.embed({ texts: [question], kind: 'query', signal });
      const [vector] = vectors;
      if (vector === undefined) return nothing;
      const { spaceKey } = embedder;
      const dense = await search.searchDense({ accountId, spaceKey, vector, limit: LEG_LIMIT, itemId });
      return { dense, embeddingTokens: tokens };
    } catch (error) {
      if (signal?.aborted) throw error;
      logger.warn('search by meaning failed, searching by words only', { error: errorInfo(error) });
      return nothing;
    }
  };

  const rank: Retriever['rank'] = async (query) => {
    const [words, meaning] = await Promise.all([searchWords(query), searchMeaning(query)]);
    const hits = fuseRankings({ dense: meaning.dense, lexical: words.lexical, weights });
    return { hits: hits.slice(0, query.limit), ...words, ...meaning };
  };

  return {
    rank,
    retrieve: async (query) => {
      const ranking = await rank(query);
      const chunkIds = ranking.hits.map(({ chunkId }) => chunkId);
      const chunks = await search.loadChunks({ accountId: query.accountId, chunkIds });
      const byId = new Map(chunks.map((chunk) => [chunk.chunkId, chunk]));
      const ordered = chunkIds.flatMap((chunkId) => byId.get(chunkId) ?? []);
      return { ...ranking, passages: mergeNeighbours(ordered) };
    },
  };
}
