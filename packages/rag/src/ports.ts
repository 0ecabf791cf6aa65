import type { Warning } from './sources/source.ts';

/** One embedding model with its dimensions and prefix rule. Vectors of different keys are never compared. */
export type EmbeddingSpace = { key: string; model: string; dimensions: number };

export type NewChunk = {
  /** `Document > Heading`: embedded and searched, never shown. */
  heading: string;
  /** Set for a question-answer pair, whose answer is the content. */
  question: string | null;
  content: string;
  /** What the lexical index holds. */
  searchText: string;
  vector?: readonly number[] | undefined;
};

export type StoredChunk = {
  chunkId: number;
  sourceKey: string;
  title: string;
  position: number;
  heading: string;
  question: string | null;
  content: string;
};

/**
 * Where documents and chunks are kept. `replace` and `remove` are one transaction each: after a crash the old or the
 * new state is there, with everything that search needs of it.
 */
export type KnowledgeStore = {
  documents: {
    list: (query: {
      accountId: number;
    }) => Promise<{ sourceKey: string; contentHash: string; chunks: number; warnings: readonly Warning[] }[]>;
    /** Chunks without a vector of their own keep those of an old chunk that said the same. */
    replace: (document: {
      accountId: number;
      sourceKey: string;
      title: string;
      contentHash: string;
      /** What it was read from. */
      kind: string;
      /** The listing that it belongs to; undefined for what holds of the whole shop. */
      itemId?: number | undefined;
      chunks: readonly NewChunk[];
      /** What of the source was not read: told again for as long as the document stays as it is. */
      warnings?: readonly Warning[] | undefined;
      /** The space of the chunks' vectors; absent when they have none. */
      space?: EmbeddingSpace | undefined;
    }) => Promise<void>;
    /** The document keeps all that it has, under another key; false where there is none, or one under that key. */
    rename: (query: { accountId: number; from: string; to: string }) => Promise<boolean>;
    remove: (query: { accountId: number; sourceKeys: readonly string[] }) => Promise<number>;
    removeAll: (query: { accountId: number }) => Promise<void>;
    /** Called after large changes, for stores whose searches are planned by statistics. */
    refreshStatistics: () => Promise<void>;
  };
  chunks: {
    /** What these documents' chunks say that have a vector in the space, in any order. */
    listEmbedded: (query: {
      accountId: number;
      spaceKey: string;
      sourceKeys: readonly string[];
    }) => Promise<Pick<StoredChunk, 'sourceKey' | 'heading' | 'question' | 'content'>[]>;
    listWithoutVector: (query: {
      accountId: number;
      spaceKey: string;
      limit: number;
      afterId?: number | undefined;
    }) => Promise<StoredChunk[]>;
    saveVectors: (batch: {
      accountId: number;
      space: EmbeddingSpace;
      vectors: readonly { chunkId: number; vector: readonly number[] }[];
    }) => Promise<void>;
    ensureVectorIndex: (query: {
      accountId: number;
      spaceKey: string;
      minVectors: number;
    }) => Promise<boolean>;
  };
  /** What became of each source, also of those that left no document. */
  sources: {
    list: (query: { accountId: number }) => Promise<{ sourceKey: string }[]>;
    record: (report: {
      accountId: number;
      outcomes: readonly {
        sourceKey: string;
        kind: string;
        itemId?: number | undefined;
        error?: { code: string; message: string } | undefined;
      }[];
    }) => Promise<void>;
    forget: (query: { accountId: number; sourceKeys: readonly string[] }) => Promise<number>;
  };
  spaces: {
    /** The space, created at its first use. Throws an AppError where the stored one has other dimensions. */
    ensure: (space: EmbeddingSpace) => Promise<void>;
    /** Chunks without a vector in it. */
    missing: (query: { accountId: number; spaceKey: string }) => Promise<number>;
    /**
     * Lets the space serve the account; with `unlessSet` only where none serves yet. Nothing is switched while chunks
     * lack a vector in it; their number is returned.
     */
    activate: (query: {
      accountId: number;
      spaceKey: string;
      unlessSet?: boolean | undefined;
    }) => Promise<number>;
  };
};

/** What the base knows of one asked word. */
export type WordLookup = {
  /** Empty for a stop word: it says nothing and is not searched. */
  lexemes: readonly string[];
  /** Lexemes of the base: the same one, or, where the base has none, similarly written ones. */
  candidates: readonly { lexeme: string; chunks: number; isSame: boolean }[];
};

export type VocabularyLookup = {
  /** Chunks of the whole base. */
  chunkCount: number;
  /** Lexemes per chunk on average. */
  averageTerms: number;
  /** In the order of the words asked, the others behind. */
  words: WordLookup[];
};

/** A lexeme to search; of the terms that share a slot only the best counts, because they stand for one asked word. */
export type SearchTerm = {
  slot: number;
  lexeme: string;
  weight: number;
};

export type LexicalHit = {
  chunkId: number;
  score: number;
  isOfItem?: boolean | undefined;
};

export type DenseHit = { chunkId: number; similarity: number; isOfItem?: boolean | undefined };

/**
 * Search over one account's chunks. Nothing of another account may come back, and of what belongs to a listing only
 * that of the listing asked about (`itemId`), which is marked `isOfItem`.
 */
export type ChunkSearch = {
  lookUpWords: (query: {
    accountId: number;
    words: readonly string[];
    /** Further words, found as they are or not at all: nobody wrote them, so nobody misspelt them. */
    others?: readonly string[] | undefined;
  }) => Promise<VocabularyLookup>;
  /** BM25, best first. */
  searchLexical: (query: {
    accountId: number;
    terms: readonly SearchTerm[];
    averageTerms: number;
    limit: number;
    itemId?: number | undefined;
  }) => Promise<LexicalHit[]>;
  /** Nearest by cosine, best first; `similarity` is 1 for the same direction. */
  searchDense: (query: {
    accountId: number;
    spaceKey: string;
    vector: readonly number[];
    limit: number;
    itemId?: number | undefined;
  }) => Promise<DenseHit[]>;
  loadChunks: (query: { accountId: number; chunkIds: readonly number[] }) => Promise<StoredChunk[]>;
  /** All chunks in the order of the documents, or undefined where their texts are longer than `maxCharacters`. */
  loadSmallBase: (query: {
    accountId: number;
    itemId?: number | undefined;
    maxCharacters: number;
  }) => Promise<StoredChunk[] | undefined>;
  /** The lexemes of each text, as the index has them. */
  stem: (query: { texts: readonly string[] }) => Promise<string[][]>;
};

export type Embedder = {
  /** Model, asked dimensions and prefix rule: known before the first call. */
  spaceKey: string;
  model: string;
  /** Texts per call at most. */
  maxBatchSize: number;
  embed: (input: {
    texts: readonly string[];
    kind: 'query' | 'passage';
    signal?: AbortSignal | undefined;
  }) => Promise<{ vectors: number[][]; tokens: number }>;
};

/** The embedder of the space that serves an account; undefined where it is searched by words only. */
export type EmbedderOf = (query: { accountId: number }) => Promise<Embedder | undefined>;

/** A model that reads question and text together, and so ranks better than vectors and words. */
export type Reranker = {
  model: string;
  /** Throws AppErrors `model.*` as the other models do. */
  rerank: (input: {
    question: string;
    documents: readonly string[];
    limit: number;
    signal?: AbortSignal | undefined;
  }) => Promise<Reranked>;
};

type Reranked = {
  /** Indexes of the documents, best first; some may be missing. */
  ranked: { index: number; score: number }[];
  /** Of question and documents; 0 where the server does not tell. */
  tokens: number;
  /** As providers bill them: a question with up to a hundred documents is one. */
  searches: number;
};

export type TokenUsage = { inputTokens: number; outputTokens: number };

export type PromptMessage = { role: 'system' | 'user' | 'assistant'; content: string };

export type ChatModel = {
  model: string;
  /**
   * Returns the model's text as it came. Throws AppErrors `model.rate-limited`, `model.unavailable`,
   * `model.timeout`, `model.bad-answer` (also for an empty text).
   */
  complete: (input: {
    messages: readonly PromptMessage[];
    /** JSON schema of the wanted answer; the adapter falls back to weaker modes where the server knows none. */
    schema: { name: string; schema: Record<string, unknown> };
    signal?: AbortSignal | undefined;
  }) => Promise<{ text: string; usage: TokenUsage }>;
};

/** Reads one kind of file: says what is said in it, or to be seen on it. Throws AppErrors `model.*`. */
export type MediaModel = {
  model: string;
  read: (input: {
    file: { bytes: Uint8Array<ArrayBuffer>; type: string; extension: string };
    signal?: AbortSignal | undefined;
  }) => Promise<{ text: string; usage: TokenUsage }>;
};
