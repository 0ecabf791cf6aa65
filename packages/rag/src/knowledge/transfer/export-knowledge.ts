import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * Writes an account's whole base into a folder: a file per document, its vectors in a file beside, and a manifest.
 * The same base gives the same bytes. The folder must be empty, or an export, which is brought up to date. Throws
 * `knowledge.folder-in-use`.
 */
export async function exportKnowledge(
  { store }: { store: TransferStore },
  {
    accountId,
    folder,
    onProgress,
    signal,
  }: {
    accountId: number;
    folder: string;
    onProgress?: ((progress: Progress) => void) | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<ExportReport> {
  await emptyExport(folder);
  const report: ExportReport = { documents: 0, chunks: 0, vectors: 0 };
  const spaces = new Map<string, Manifest['spaces'][number]>();
  const known = (await store.documents.list({ accountId })).map(({ sourceKey }) => sourceKey).toSorted();
  await mkdir(join(folder, DOCUMENTS), { recursive: true });
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
    await writeFile(join(folder, DOCUMENTS, `${name}.json`), toJson(file));
    for (const { space, vectors } of document.vectors) {
      const entry = { ...space, folder: fileNameOf(space.key) };
      if (!spaces.has(space.key)) await mkdir(join(folder, VECTORS, entry.folder), { recursive: true });
      spaces.set(space.key, entry);
      const lines = vectors.flatMap((vector, index) =>
        vector === undefined ? [] : [`${JSON.stringify({ position: index + 1, vector })}\n`],
      );
      await writeFile(join(folder, VECTORS, entry.folder, `${name}.jsonl`), lines.join(''));
      report.vectors += lines.length;
    }
    report.documents += 1;
    report.chunks += file.chunks.length;
    onProgress?.({ done: report.documents, total: known.length });
  }
  const manifest: Manifest = {
    format: FORMAT,
    documents: report.documents,
    spaces: [...spaces.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    active_space: (await store.spaces.active({ accountId })) ?? null,
    settings: await loadTuned(store, accountId),
    sources: (await store.sources.list({ accountId })).flatMap(({ sourceKey, kind, itemId, everyMinutes }) =>
      kind === 'url' || kind === 'listings'
        ? [{ key: sourceKey, kind, item_id: itemId, every_minutes: everyMinutes }]
        : [],
    ),
  };
  // Last: a folder without it is no export, whatever was interrupted.
  await writeFile(join(folder, MANIFEST), toJson(manifest));
  return report;
}
