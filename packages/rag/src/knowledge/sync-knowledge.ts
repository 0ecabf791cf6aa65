import { AppError, errorCode, errorMessage, type Logger, type Sleep } from '@avito-autoreply/runtime';
import { chunkDocument } from '../chunking/chunk-sections.ts';
import { textToIndex } from '../chunking/chunk-texts.ts';
import type { Embedder, KnowledgeStore, NewChunk } from '../ports.ts';
import { parseSource } from '../sources/parse-source.ts';
import { contentHash, type Source, type SourceFailure } from '../sources/source.ts';
import { createPassageEmbedder, type PassageEmbedder } from './embed-passages.ts';

/** From here on an exact scan of the vectors is slower than an index. */
const MIN_VECTORS_FOR_INDEX = 10_000;

export type SyncProgress = { done: number; total: number; stage: 'documents' | 'embeddings' };

export type SyncReport = {
  added: number;
  updated: number;
  unchanged: number;
  removed: number;
  /** Chunks that got vectors, and the tokens this took. */
  embedded: number;
  embeddingTokens: number;
  failed: SourceFailure[];
};

type SyncDeps = {
  store: KnowledgeStore;
  /** Without one, the texts are stored for search by words only. */
  embedder?: Embedder | undefined;
  logger?: Logger | undefined;
  sleep?: Sleep | undefined;
};

type SyncInput = {
  accountId: number;
  sources: readonly Source[];
  /** Sources that could not be read: reported, and their documents left alone. */
  failed?: readonly SourceFailure[] | undefined;
  /** Documents under this prefix that are among neither of the two are removed. */
  keyPrefix?: string | undefined;
  onProgress?: ((progress: SyncProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Brings an account's documents in line with the sources: what has the same hash is skipped, one document is one
 * transaction, one that fails leaves the rest untouched. When the embedding model fails, texts are stored all the same
 * (old prices would be worse than a missing vector) and the next sync embeds what lacks a vector.
 */
export async function syncKnowledge(
  { store, embedder, logger, sleep }: SyncDeps,
  { accountId, sources, failed = [], keyPrefix, onProgress, signal }: SyncInput,
): Promise<SyncReport> {
  const report: SyncReport = {
    added: 0,
    updated: 0,
    unchanged: 0,
    removed: 0,
    embedded: 0,
    embeddingTokens: 0,
    failed: [...failed],
  };
  const stored = await store.documents.list({ accountId });
  const hashes = new Map(stored.map((document) => [document.sourceKey, document.contentHash]));
  const passages = embedder && createPassageEmbedder({ embedder, signal, sleep });

  // Documents are embedded together, so that many small ones still make full batches.
  let open: PreparedDocument[] = [];
  const storeOpen = async () => {
    for (const { kind, document } of await withVectors(open, passages)) {
      await store.documents.replace({ accountId, ...document });
      report[kind] += 1;
    }
    open = [];
  };
  for (const [index, source] of sources.entries()) {
    signal?.throwIfAborted();
    const prepared = prepare(source, hashes.get(source.key));
    if (prepared.kind === 'failed') report.failed.push(prepared.failure);
    else if (prepared.kind === 'unchanged') report.unchanged += 1;
    else open.push(prepared);
    const chunks = open.reduce((sum, { document }) => sum + document.chunks.length, 0);
    if (chunks >= (embedder?.maxBatchSize ?? 1)) await storeOpen();
    onProgress?.({ done: index + 1, total: sources.length, stage: 'documents' });
  }
  await storeOpen();

  const present = new Set([...sources.map(({ key }) => key), ...failed.map(({ sourceKey }) => sourceKey)]);
  const vanished = stored
    .map(({ sourceKey }) => sourceKey)
    .filter((key) => keyPrefix !== undefined && key.startsWith(keyPrefix) && !present.has(key));
  report.removed = await store.documents.remove({ accountId, sourceKeys: vanished });

  if (passages !== undefined) {
    await passages.fillGaps({ store, accountId, onProgress });
    report.embedded = passages.figures.embedded;
    report.embeddingTokens = passages.figures.tokens;
    if (passages.figures.failure) report.failed.push(passages.figures.failure);
    if (report.embedded > 0 && embedder !== undefined) {
      await store.chunks.ensureVectorIndex({
        spaceKey: embedder.spaceKey,
        minVectors: MIN_VECTORS_FOR_INDEX,
      });
    }
  }
  if (report.added + report.updated + report.removed + report.embedded > 0) {
    await store.documents.refreshStatistics();
  }
  logger?.info('the knowledge base is synced', { accountId, ...report, failed: report.failed.length });
  return report;
}

type PreparedDocument = {
  kind: 'added' | 'updated';
  document: Omit<Parameters<KnowledgeStore['documents']['replace']>[0], 'accountId'>;
};
type Prepared = PreparedDocument | { kind: 'unchanged' } | { kind: 'failed'; failure: SourceFailure };

function prepare(source: Source, knownHash: string | undefined): Prepared {
  const hash = contentHash(source);
  if (hash === knownHash) return { kind: 'unchanged' };
  try {
    const document = { sourceKey: source.key, contentHash: hash, ...chunksOf(source) };
    return { kind: knownHash === undefined ? 'added' : 'updated', document };
  } catch (error) {
    // An error that is no AppError is a fault of ours, not of this source.
    if (!(error instanceof AppError)) throw error;
    const failure = { sourceKey: source.key, code: errorCode(error), message: errorMessage(error) };
    return { kind: 'failed', failure };
  }
}

async function withVectors(
  prepared: readonly PreparedDocument[],
  passages: PassageEmbedder | undefined,
): Promise<readonly PreparedDocument[]> {
  const embedded = await passages?.tryEmbed(prepared.flatMap(({ document }) => document.chunks));
  if (embedded === undefined) return prepared;
  const vectors = embedded.vectors.values();
  return prepared.map(({ kind, document }) => ({
    kind,
    document: {
      ...document,
      space: embedded.space,
      chunks: document.chunks.map((chunk) => ({ ...chunk, vector: vectors.next().value })),
    },
  }));
}

/** The document as it is stored. Throws `knowledge.empty` and what the parsers throw. */
function chunksOf(source: Source): { title: string; chunks: NewChunk[] } {
  const parsed = parseSource(source);
  const chunks = chunkDocument(parsed);
  if (chunks.length === 0) throw new AppError('the source holds no text', { code: 'knowledge.empty' });
  return {
    title: parsed.title,
    chunks: chunks.map((chunk) => ({ ...chunk, searchText: textToIndex(chunk) })),
  };
}
