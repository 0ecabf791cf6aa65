import { createHash } from 'node:crypto';

export type SourceKind = 'markdown' | 'text' | 'pairs';

/** A text from outside, with a stable name by which the next sync finds its document again. */
export type Source = {
  key: string;
  kind: SourceKind;
  /** Used as the title where the text itself has none. */
  name: string;
  text: string;
};

/** Text under one path of headings; blocks are paragraphs, list entries and table rows. */
export type Section = { headings: readonly string[]; blocks: readonly string[] };
export type Pair = { question: string; answer: string };

export type ParsedSource = { title: string; sections: readonly Section[]; pairs: readonly Pair[] };

export type SourceFailure = { sourceKey: string; code: string; message: string };

// Part of every hash: raise it when parsing or chunking changes, and the next sync replaces all documents.
const RECIPE_VERSION = 1;

/** Changes when the source or the way it is cut into chunks changes. */
export function contentHash({ kind, name, text }: Source): string {
  return createHash('sha256')
    .update(JSON.stringify([RECIPE_VERSION, kind, name, text]))
    .digest('hex');
}
