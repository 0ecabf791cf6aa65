import type { FileKind } from './source.ts';

const MB = 1024 * 1024;

export type FileLimits = {
  /** Of a file or of a server's answer. */
  maxBytes: Record<'text' | FileKind, number>;
  /** Files of a folder, and their bytes together. */
  maxFiles: number;
  maxFolderBytes: number;
};

export const defaultFileLimits: FileLimits = {
  maxBytes: { text: 5 * MB, html: 5 * MB, pdf: 30 * MB, docx: 30 * MB, xlsx: 30 * MB },
  maxFiles: 2_000,
  maxFolderBytes: 300 * MB,
};

/** What a document may cost while it is parsed. */
export type ParseLimits = {
  timeoutMs: number;
  /** Of the thread's JavaScript heap. */
  maxHeapMb: number;
  /** By which the whole process may grow meanwhile: unpacked streams are kept outside of the heap. */
  maxGrowthMb: number;
  /** Of a PDF. */
  maxPages: number;
  /** Entries of a packed file. */
  maxEntries: number;
  /** Unpacked bytes of one entry. */
  maxEntryBytes: number;
  /** Unpacked bytes by packed bytes of an entry; text packs 5 to 20 times. */
  maxExpansion: number;
  /** Characters of text in a document: about 4,000 chunks, which one transaction stores within seconds. */
  maxCharacters: number;
};

export const defaultParseLimits: ParseLimits = {
  timeoutMs: 60_000,
  maxHeapMb: 512,
  maxGrowthMb: 1_024,
  maxPages: 500,
  maxEntries: 5_000,
  maxEntryBytes: 64 * MB,
  maxExpansion: 200,
  maxCharacters: 2_000_000,
};
