import { errorCode, type Logger, silentLogger } from '@avito-autoreply/runtime';
import { defaultLexicon } from '../lexicon/lexicon.ts';
import type { Lexicon } from '../lexicon/parse-lexicon.ts';
import type { ChunkSearch, DenseHit, Embedder, EmbedderOf, LexicalHit, Reranker } from '../ports.ts';
import {
  defaultFusionWeights,
  fuseRankings,
  type FusedHit,
  type FusionWeights,
  type WeightsOf,
} from './fusion.ts';
import { itemFirst } from './item-first.ts';
import { keepBestOfLegs } from './leg-places.ts';
import { mergeNeighbours, type Passage } from './merge-neighbours.ts';
import { inOrder } from './in-order.ts';
import type { ModelCall } from '../cost/model-prices.ts';
import { type RerankedHit, rerankHits } from './rerank-hits.ts';
import { guessedWords, questionWords, type QuestionWord } from './question-words.ts';
import { type AskedTerm, searchTerms, weighTerms } from './term-weights.ts';

/** Words of a question that are taken for slips: each has dozens of spellings to look up. */
const MOST_GUESSED = 4;
/** One slip in seven letters: it need not be guessed otherwise. */
const SURELY_REPAIRED = 0.85;

/** Candidates that each leg hands to the fusion. */
const LEG_LIMIT = 50;

export type Ranking = {
  /** Best first. */
  hits: FusedHit[];
  asked: AskedTerm[];
  lexical: LexicalHit[];
  dense: DenseHit[];
  /** What the reranker said, best first; absent without one, and where it failed. */
  reranked?: RerankedHit[] | undefined;
  embeddingTokens: number;
  /** The model that made the question's vector, which costs also where its server does not tell the tokens. */
  embeddedBy?: string | undefined;
  /** Code of the error for which the base was searched by words only. */
  meaningFailure?: string | undefined;
  /** Code of the error for which the order is that of the search. */
  rerankFailure?: string | undefined;
  /** What the reranker did, as far as money goes. */
  rerankCall?: ModelCall | undefined;
  /** What was left out because its model must not be asked. */
  leftOut?: LeftOut[] | undefined;
};

export type LeftOut = 'meaning' | 'reranking';

export type Retrieved = Ranking & {
  passages: Passage[];
  /** Everything else that the base holds, where it is small enough to be read as a whole (`wholeBelow`). */
  rest?: Passage[] | undefined;
};

type Query = {
  accountId: number;
  question: string;
  limit: number;
  /** The listing that the question is about: what the base holds of other listings is not found. */
  itemId?: number | undefined;
  /** Characters; a base with less text is returned as a whole, the rest after the passages that were found. */
  wholeBelow?: number | undefined;
  /** Whether a model may be asked, by its name; default: each of them. */
  mayAsk?: ((model: string) => boolean) | undefined;
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
  /** For all accounts, whatever is stored. */
  weights?: FusionWeights | undefined;
  weightsOf?: WeightsOf | undefined;
  /** Without one, the order is that of the fusion. */
  reranker?: Reranker | undefined;
  lexicon?: Lexicon | undefined;
  logger?: Logger | undefined;
};

const anyModel = () => true;

/** Nobody knows the word, or what the base has like it is not quite like it. */
const isDoubtful = ({ kind, terms }: AskedTerm) =>
  kind === 'unknown' || (kind === 'repaired' && terms.every(({ closeness }) => closeness < SURELY_REPAIRED));

/** Hybrid retrieval. A model that fails leaves the words: the dense leg is then empty, which is logged and told. */
export function createRetriever({
  search,
  embedder: given,
  weights,
  weightsOf = async () => undefined,
  reranker,
  lexicon = defaultLexicon,
  logger = silentLogger,
}: RetrieverDeps): Retriever {
  const embedderOf: EmbedderOf = typeof given === 'function' ? given : async () => given;
  /** The words of the question as the base sees them; those that nobody knows are taken for slips of what it has. */
  const askWords = async ({ accountId, question }: Query) => {
    const words = questionWords({ question, lexicon });
    const look = (some: readonly QuestionWord[]) => {
      const wordsOf = (isWritten: boolean) =>
        some.filter((one) => one.isWritten === isWritten).map(({ word }) => word);
      return search.lookUpWords({ accountId, words: wordsOf(true), others: wordsOf(false) });
    };
    if (words.length === 0) return undefined;
    const lookup = await look(words);
    const asked = weighTerms({ words, lookup });
    const guesses = asked
      .filter(isDoubtful)
      .slice(0, MOST_GUESSED)
      .flatMap((term) => guessedWords({ ...term, question, lexicon }));
    if (guesses.length === 0) return { asked, lookup };
    const { words: ofGuesses } = await look(guesses);
    const all = { ...lookup, words: [...lookup.words, ...ofGuesses] };
    return { asked: weighTerms({ words: [...words, ...guesses], lookup: all }), lookup: all };
  };

  const searchWords = async (query: Query) => {
    const { accountId, itemId } = query;
    const found = await askWords(query);
    if (found === undefined) return { asked: [], lexical: [] };
    const { asked, lookup } = found;
    const lexical = await search.searchLexical({
      accountId,
      terms: searchTerms({ asked, lookup }),
      averageTerms: lookup.averageTerms,
      limit: LEG_LIMIT,
      itemId,
    });
    return { asked, lexical };
  };

  const searchMeaning = async ({ accountId, question, itemId, mayAsk = anyModel, signal }: Query) => {
    let spent: Pick<Ranking, 'embeddingTokens' | 'embeddedBy'> = { embeddingTokens: 0 };
    const nothing = { dense: [], isLeftOut: false, ...spent };
    // What is left of a phone number alone, for instance: servers refuse an empty text.
    if (question.trim() === '') return nothing;
    try {
      const embedder = await embedderOf({ accountId });
      if (embedder === undefined) return nothing;
      if (!mayAsk(embedder.model)) return { ...nothing, isLeftOut: true };
      const { vectors, tokens } = await embedder.embed({ texts: [question], kind: 'query', signal });
      spent = { embeddingTokens: tokens, embeddedBy: embedder.model };
      const [vector] = vectors;
      if (vector === undefined) return nothing;
      const { spaceKey } = embedder;
      const dense = await search.searchDense({ accountId, spaceKey, vector, limit: LEG_LIMIT, itemId });
      return { dense, isLeftOut: false, ...spent };
    } catch (error) {
      if (signal?.aborted) throw error;
      logger.warn('search by meaning failed, searching by words only', { error });
      return { ...nothing, ...spent, meaningFailure: errorCode(error) };
    }
  };

  const rank: Retriever['rank'] = async (query) => {
    const { accountId, question, limit, mayAsk = anyModel, signal } = query;
    const [words, { isLeftOut, ...meaning }, stored] = await Promise.all([
      searchWords(query),
      searchMeaning(query),
      weights ?? weightsOf({ accountId }),
    ]);
    const ranking = { ...words, ...meaning };
    const used = stored ?? defaultFusionWeights;
    const fused = fuseRankings({ ...ranking, weights: used });
    const mayRerank = reranker !== undefined && mayAsk(reranker.model);
    const { reranked, rerankFailure, rerankCall } = !mayRerank
      ? {}
      : await rerankHits({ search, reranker, accountId, question, hits: fused, logger, signal });
    const legs = [used.dense > 0 ? meaning.dense : [], used.lexical > 0 ? words.lexical : []];
    const best =
      reranked === undefined ? keepBestOfLegs({ hits: fused, legs, limit }) : inOrderOf(reranked, fused);
    const ofItem = new Set(
      [...words.lexical, ...meaning.dense]
        .filter((hit) => hit.isOfItem === true)
        .map(({ chunkId }) => chunkId),
    );
    const hits = itemFirst({ hits: best, isOfItem: ({ chunkId }) => ofItem.has(chunkId), limit });
    const leftOut: LeftOut[] = [
      ...(isLeftOut ? (['meaning'] as const) : []),
      ...(reranker === undefined || mayRerank ? [] : (['reranking'] as const)),
    ];
    return {
      hits: hits.slice(0, limit),
      ...ranking,
      reranked,
      ...(rerankFailure === undefined ? {} : { rerankFailure }),
      ...(rerankCall === undefined ? {} : { rerankCall }),
      ...(leftOut.length === 0 ? {} : { leftOut }),
    };
  };

  return {
    rank,
    retrieve: async (query) => {
      const { accountId, itemId, wholeBelow } = query;
      const [ranking, whole] = await Promise.all([
        rank(query),
        wholeBelow === undefined
          ? undefined
          : search.loadSmallBase({ accountId, itemId, maxCharacters: wholeBelow }),
      ]);
      const chunkIds = ranking.hits.map(({ chunkId }) => chunkId);
      const ordered = inOrder(whole ?? (await search.loadChunks({ accountId, chunkIds })), chunkIds);
      const passages = mergeNeighbours(ordered);
      const found = new Set(chunkIds);
      const rest = whole && mergeNeighbours(whole.filter(({ chunkId }) => !found.has(chunkId)));
      return { ...ranking, passages, rest };
    },
  };
}

/** What the reranker saw in its order, then the others in theirs. */
function inOrderOf(reranked: readonly RerankedHit[], fused: readonly FusedHit[]): FusedHit[] {
  const byId = new Map(fused.map((hit) => [hit.chunkId, hit]));
  const first = reranked.flatMap(({ chunkId }) => byId.get(chunkId) ?? []);
  return [...new Set([...first, ...fused])];
}
