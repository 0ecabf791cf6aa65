import type { Logger, Sleep } from '@avito-autoreply/runtime';
import type { Embedder, KnowledgeStore } from '../ports.ts';
import { createFileParser, type FileParser } from '../sources/file-parser.ts';
import type { Source, SourceFailure, SourceWarning } from '../sources/source.ts';
import { withVectors } from './embed-documents.ts';
import { createPassageEmbedder } from './embed-passages.ts';
import { inLanes } from './in-lanes.ts';
import { prepareDocument, type PreparedDocument } from './prepare-document.ts';
import { renamedSources } from './renamed-sources.ts';
import { anotherFolder, isMost, keysUnder, removeVanished, vanishedOf } from './vanished-sources.ts';

/** From here on an exact scan of the vectors is slower than an index. */
export const MIN_VECTORS_FOR_INDEX = 10_000;

/** Of a base: what changes less leaves the figures right that searches are planned by. In a large base they take seconds. */
const SHARE_TO_COUNT = 0.1;

/** One batch may wait for the model while two are written: each has a connection of its own, and a processor where there are two. */
const LANES = 3;

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
  /** Sources that were read, but not all of them. */
  warnings: SourceWarning[];
};

type SyncDeps = {
  store: KnowledgeStore;
  /** Without one, the texts are stored for search by words only. */
  embedder?: Embedder | undefined;
  logger?: Logger | undefined;
  sleep?: Sleep | undefined;
  /** Default: one of its own, closed at the end. */
  parser?: FileParser | undefined;
};

type SyncInput = {
  accountId: number;
  sources: readonly Source[];
  /** Sources that could not be read: reported, and their documents left alone. */
  failed?: readonly SourceFailure[] | undefined;
  /** Left alone; a document that one of them has all the same stays, and is reported as failed. */
  skipped?: readonly SourceFailure[] | undefined;
  /** Documents under this prefix that are among neither of the two are removed. */
  keyPrefix?: string | undefined;
  /** The prefix is a name that something else may have as well, such as another folder's. */
  mayBeAnother?: boolean | undefined;
  onProgress?: ((progress: SyncProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Brings an account's documents in line with the sources: what has the same hash is skipped, one document is one
 * transaction, one that fails leaves the rest untouched. When the embedding model fails, texts are stored all the same
 * (old prices would be worse than a missing vector) and the next sync embeds what lacks a vector. Throws
 * `knowledge.another-folder`, before anything is written, where the prefix may be another's and most of what was under it is gone.
 */
export async function syncKnowledge({ parser, ...deps }: SyncDeps, input: SyncInput): Promise<SyncReport> {
  const ownParser = parser ?? createFileParser();
  try {
    return await syncSources({ ...deps, parser: ownParser }, input);
  } finally {
    if (parser === undefined) await ownParser.close();
  }
}

async function syncSources(
  { store, embedder, logger, sleep, parser }: SyncDeps & { parser: FileParser },
  {
    accountId,
    sources,
    failed: unread = [],
    skipped = [],
    keyPrefix,
    mayBeAnother = false,
    onProgress,
    signal,
  }: SyncInput,
): Promise<SyncReport> {
  const report: SyncReport = {
    added: 0,
    updated: 0,
    unchanged: 0,
    removed: 0,
    embedded: 0,
    embeddingTokens: 0,
    failed: [],
    warnings: [],
  };
  const stored = await store.documents.list({ accountId });
  const known = new Map(stored.map((document) => [document.sourceKey, document]));
  const failed = [...unread, ...skipped.filter(({ sourceKey }) => known.has(sourceKey))];
  report.failed.push(...failed);
  const vanished = new Set(vanishedOf(stored, { sources, failed, keyPrefix }));
  const renames = renamedSources({ sources, stored, vanished });
  const gone = { keyPrefix, lost: vanished.size - renames.length, of: keysUnder(keyPrefix, stored).length };
  if (mayBeAnother && isMost(gone)) throw anotherFolder(gone);
  for (const { from, to } of renames) {
    const document = known.get(from);
    if (document !== undefined && (await store.documents.rename({ accountId, from, to })))
      known.set(to, document);
  }
  const passages =
    embedder && createPassageEmbedder({ embedder, ensureSpace: store.spaces.ensure, signal, sleep });

  // Documents are embedded together, so that many small ones still make full batches.
  const batches = async function* () {
    let open: PreparedDocument[] = [];
    for (const [index, source] of sources.entries()) {
      signal?.throwIfAborted();
      const prepared = await prepareDocument({ source, known: known.get(source.key), parser, logger });
      if (prepared.kind !== 'failed')
        for (const warning of prepared.warnings) report.warnings.push({ sourceKey: source.key, ...warning });
      if (prepared.kind === 'failed') report.failed.push(prepared.failure);
      else if (prepared.kind === 'unchanged') report.unchanged += 1;
      else open.push(prepared);
      onProgress?.({ done: index + 1, total: sources.length, stage: 'documents' });
      const chunks = open.reduce((sum, { document }) => sum + document.chunks.length, 0);
      if (chunks < (embedder?.maxBatchSize ?? 1)) continue;
      yield open;
      open = [];
    }
    yield open;
  };
  let written = 0;
  await inLanes({ batches: batches(), lanes: LANES }, async (batch) => {
    for (const { kind, document } of await withVectors(batch, { store, accountId, passages })) {
      await store.documents.replace({ accountId, ...document });
      report[kind] += 1;
      written += document.chunks.length;
    }
  });

  report.removed = await removeVanished({ store, accountId, sources, failed, keyPrefix, stored });
  await recordOutcomes({ store, accountId, sources, failed: report.failed });

  if (passages !== undefined) {
    await passages.fillGaps({ store, accountId, onProgress });
    report.embedded = passages.figures.embedded;
    report.embeddingTokens = passages.figures.tokens;
    const { failure } = passages.figures;
    if (failure !== undefined) {
      const message = `${failure.message}; the texts are stored and searched by words, sync again for the vectors`;
      report.failed.push({ ...failure, message });
    } else if (embedder !== undefined)
      await store.spaces.activate({ accountId, spaceKey: embedder.spaceKey, unlessSet: true });
    if (report.embedded > 0 && embedder !== undefined) {
      await store.chunks.ensureVectorIndex({
        accountId,
        spaceKey: embedder.spaceKey,
        minVectors: MIN_VECTORS_FOR_INDEX,
      });
    }
  }
  const chunksBefore = stored.reduce((sum, { chunks }) => sum + chunks, 0);
  // Infinite for a base that was empty.
  const changed = Math.max(written, report.embedded) / chunksBefore;
  if (changed > SHARE_TO_COUNT || report.removed / stored.length > SHARE_TO_COUNT)
    await store.documents.refreshStatistics();
  logger?.info('the knowledge base is synced', {
    accountId,
    ...report,
    failed: report.failed.length,
    warnings: report.warnings.length,
  });
  return report;
}

const OUTCOMES_PER_STATEMENT = 2_000;

async function recordOutcomes({
  store,
  accountId,
  sources,
  failed,
}: Pick<SyncInput, 'accountId' | 'sources'> & {
  store: KnowledgeStore;
  failed: readonly SourceFailure[];
}): Promise<void> {
  const read = new Set(sources.map(({ key }) => key));
  const errors = new Map(failed.map(({ sourceKey, code, message }) => [sourceKey, { code, message }]));
  const outcomes = [
    ...sources.map(({ key, kind, itemId }) => ({ sourceKey: key, kind, itemId, error: errors.get(key) })),
    ...failed
      .filter(({ sourceKey }) => !read.has(sourceKey))
      .map(({ sourceKey, code, message }) => ({ sourceKey, kind: 'file', error: { code, message } })),
  ];
  for (let from = 0; from < outcomes.length; from += OUTCOMES_PER_STATEMENT)
    await store.sources.record({ accountId, outcomes: outcomes.slice(from, from + OUTCOMES_PER_STATEMENT) });
}
