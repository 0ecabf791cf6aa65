import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openZip } from '../../sources/zip.ts';
import { MANIFEST } from './format.ts';

/** The files of an export, wherever they are kept; paths are parted by slashes. */
export type ExportFiles = {
  /** Names in a folder, none where there is no such folder. */
  list: (folder: string) => Promise<string[]>;
  /** Undefined: there is none. */
  read: (path: string) => Promise<string | undefined>;
};

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));

function orThrow(error: unknown): undefined {
  if (isMissing(error)) return undefined;
  throw error;
}

export const folderFiles = (folder: string): ExportFiles => ({
  list: async (name) => (await readdir(join(folder, name)).catch(orThrow)) ?? [],
  read: (path) => readFile(join(folder, path), 'utf8').catch(orThrow),
});

const MB = 1024 * 1024;
/** Two files of a document and a space each; vectors of a large one are some 60 MB as text. */
const limits = { maxEntries: 65_535, maxEntryBytes: 256 * MB, maxExpansion: 200 };

/** Packed, also where the folder was packed as a whole. Throws `knowledge.broken-file`, `knowledge.bomb`. */
export function zippedFiles(bytes: Uint8Array): ExportFiles {
  const zip = openZip(bytes, limits);
  const root =
    zip.names
      .filter((name) => /^(?:[^/]+\/)?manifest\.json$/.test(name))
      .toSorted((a, b) => a.length - b.length)[0] ?? MANIFEST;
  const prefix = root.slice(0, -MANIFEST.length);
  return {
    list: async (folder) =>
      zip.names
        .filter((name) => name.startsWith(`${prefix}${folder}/`))
        .map((name) => name.slice(prefix.length + folder.length + 1)),
    read: async (path) => {
      const data = zip.read(`${prefix}${path}`);
      return data === undefined ? undefined : new TextDecoder().decode(data);
    },
  };
}
