import { textToIndex } from '../../chunking/chunk-texts.ts';
import { MIN_VECTORS_FOR_INDEX } from '../sync-knowledge.ts';
import type { ExportFiles } from './export-files.ts';
import { type ExportedDocument, openExport } from './read-export.ts';
import type { TransferStore } from './transfer-store.ts';
import { saveTuned } from './tuned-settings.ts';

export type ImportReport = {
  documents: number;
  chunks: number;
  vectors: number;
  removed: number;
  /** Passages of the base without a vector in the space that serves: they are found by their words alone. */
  missing: number;
};

/**
 * Reads an export into an account: everything is checked before anything is written, then each document is one
 * transaction. Documents of the same key are replaced; the others stay unless `isWhole`. Throws `knowledge.bad-export`.
 */
export async function importKnowledge(
  { store }: { store: TransferStore },
  {
    accountId,
    files,
    isWhole,
    onProgress,
    signal,
  }: {
    accountId: number;
    files: ExportFiles;
    /** The base becomes what the export holds: other documents and sources are removed. */
    isWhole: boolean;
    onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<ImportReport> {
  const { manifest, documents } = await openExport(files);
  const keys = new Set<string>();
  for await (const { document } of documents()) {
    signal?.throwIfAborted();
    keys.add(document.key);
  }
  for (const { key, model, dimensions } of manifest.spaces)
    await store.spaces.ensure({ key, model, dimensions });

  const addresses = new Set(manifest.sources.map(({ key }) => key));
  const report: ImportReport = { documents: 0, chunks: 0, vectors: 0, removed: 0, missing: 0 };
  for await (const exported of documents()) {
    signal?.throwIfAborted();
    const document = toDocument(exported);
    // What a server said of a page was of the text that goes now: by it the imported one would pass for unchanged.
    await store.sources.rememberVersion({
      accountId,
      sourceKey: document.sourceKey,
      etag: null,
      lastModified: null,
    });
    await store.documents.replace({ accountId, ...document });
    // Addresses have their rows from the manifest, and were not read from here yet.
    if (!addresses.has(document.sourceKey)) await store.sources.record({ accountId, outcomes: [document] });
    report.documents += 1;
    report.chunks += exported.document.chunks.length;
    report.vectors += exported.vectors
      .flatMap(({ vectors }) => vectors)
      .filter((vector) => vector !== undefined).length;
    onProgress?.({ done: report.documents, total: manifest.documents });
  }
  if (isWhole) {
    const others = (await store.documents.list({ accountId }))
      .map(({ sourceKey }) => sourceKey)
      .filter((key) => !keys.has(key));
    // The rows first, those of what was never read as well: a source that is read again by itself brings its documents back.
    const sources = (await store.sources.list({ accountId }))
      .map(({ sourceKey }) => sourceKey)
      .filter((key) => !keys.has(key) && !addresses.has(key));
    await store.sources.forget({ accountId, sourceKeys: sources });
    report.removed = await store.documents.remove({ accountId, sourceKeys: others });
  }
  if (manifest.settings !== undefined)
    await saveTuned(store, { accountId, settings: manifest.settings, isWhole });
  for (const { key, kind, item_id: itemId, every_minutes: everyMinutes } of manifest.sources)
    await store.sources.save({ accountId, sourceKey: key, kind, itemId, everyMinutes, isDueNow: false });
  for (const { key } of manifest.spaces)
    await store.chunks.ensureVectorIndex({ accountId, spaceKey: key, minVectors: MIN_VECTORS_FOR_INDEX });
  // Documents that stayed may lack vectors in it: then the old space goes on, as after any sync.
  if (manifest.active_space !== null && manifest.spaces.length > 0)
    await store.spaces.activate({ accountId, spaceKey: manifest.active_space });
  await store.documents.refreshStatistics();
  const spaceKey = await store.spaces.active({ accountId });
  if (spaceKey !== undefined) report.missing = await store.spaces.missing({ accountId, spaceKey });
  return report;
}

function toDocument({ document, vectors }: ExportedDocument) {
  return {
    sourceKey: document.key,
    title: document.title,
    kind: document.kind,
    contentHash: document.content_hash,
    itemId: document.item_id ?? undefined,
    warnings: document.warnings,
    chunks: document.chunks.map((chunk) => ({ ...chunk, searchText: textToIndex(chunk) })),
    moreVectors: vectors,
  };
}
