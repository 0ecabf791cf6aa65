import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { emptyExport } from './empty-export.ts';
import type { TransferStore } from './transfer-store.ts';
import { loadTuned } from './tuned-settings.ts';
import {
  DOCUMENTS,
  type DocumentFile,
  fileNameOf,
  FORMAT,
  MANIFEST,
  type Manifest,
  toJson,
  VECTORS,
} from './format.ts';

export type ExportReport = { documents: number; chunks: number; vectors: number };

type Progress = { done: number; total: number };

type ExportOptions = {
  accountId: number;
  /** False: texts alone, which whoever imports them embeds anew. */
  isWithVectors?: boolean | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/** A file of an export; its path is parted by slashes. */
export type ExportedFile = { path: string; text: string };

/**
 * An account's whole base as files: one per document, its vectors in a file beside, and a manifest, which comes last: what
 * lacks it is no export, whatever was interrupted. The same base gives the same bytes.
 */
export async function* exportedFiles(
  { store }: { store: TransferStore },
  { accountId, isWithVectors = true, onProgress, signal }: ExportOptions,
): AsyncGenerator<ExportedFile, ExportReport, undefined> {
  const report: ExportReport = { documents: 0, chunks: 0, vectors: 0 };
  const spaces = new Map<string, Manifest['spaces'][number]>();
  const known = (await store.documents.list({ accountId })).map(({ sourceKey }) => sourceKey).toSorted();
  for (const sourceKey of known) {
    signal?.throwIfAborted();
    const document = await store.documents.load({ accountId, sourceKey });
    // Removed meanwhile.
    if (document === undefined) continue;
    const name = fileNameOf(sourceKey);
    const file: DocumentFile = {
      key: sourceKey,
      title: document.title,
      kind: document.kind,
      content_hash: document.contentHash,
      item_id: document.itemId,
      ...(document.warnings.length === 0 ? {} : { warnings: [...document.warnings] }),
      chunks: document.chunks.map(({ heading, question, content }) => ({ heading, question, content })),
    };
    yield { path: `${DOCUMENTS}/${name}.json`, text: toJson(file) };
    for (const { space, vectors } of isWithVectors ? document.vectors : []) {
      const entry = { ...space, folder: fileNameOf(space.key) };
      spaces.set(space.key, entry);
      const lines = vectors.flatMap((vector, index) =>
        vector === undefined ? [] : [`${JSON.stringify({ position: index + 1, vector })}\n`],
      );
      yield { path: `${VECTORS}/${entry.folder}/${name}.jsonl`, text: lines.join('') };
      report.vectors += lines.length;
    }
    report.documents += 1;
    report.chunks += file.chunks.length;
    onProgress?.({ done: report.documents, total: known.length });
  }
  const active = isWithVectors ? await store.spaces.active({ accountId }) : undefined;
  const manifest: Manifest = {
    format: FORMAT,
    documents: report.documents,
    spaces: [...spaces.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    active_space: active ?? null,
    settings: await loadTuned(store, accountId),
    sources: (await store.sources.list({ accountId })).flatMap(({ sourceKey, kind, itemId, everyMinutes }) =>
      kind === 'url' || kind === 'listings'
        ? [{ key: sourceKey, kind, item_id: itemId, every_minutes: everyMinutes }]
        : [],
    ),
  };
  yield { path: MANIFEST, text: toJson(manifest) };
  return report;
}

/** Into a folder, which must be empty, or an export, which is brought up to date. Throws `knowledge.folder-in-use`. */
export async function exportKnowledge(
  deps: { store: TransferStore },
  { folder, ...options }: ExportOptions & { folder: string },
): Promise<ExportReport> {
  await emptyExport(folder);
  await mkdir(join(folder, DOCUMENTS), { recursive: true });
  const files = exportedFiles(deps, options);
  for (;;) {
    const { done, value } = await files.next();
    if (done) return value;
    const path = join(folder, value.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, value.text);
  }
}
