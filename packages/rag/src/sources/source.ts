import { createHash } from 'node:crypto';

/** `pairs` are questions with their answers, as CSV or JSON. */
type PlainKind = 'text' | 'pairs';
/** Read from their bytes. */
export type FileKind = 'html' | 'pdf' | 'docx';
export type SourceKind = PlainKind | 'markdown' | FileKind;

type Named = {
  /** A stable name by which the next sync finds the document again. */
  key: string;
  /** Used as the title where the text itself has none. */
  name: string;
  /** The listing that the text belongs to; undefined for what holds of the whole shop. */
  itemId?: number | undefined;
};

/** Read in no time, whatever it holds. */
export type PlainSource = Named & { kind: PlainKind; text: string };
/** May be written so that reading it takes minutes. */
type MarkdownSource = Named & { kind: 'markdown'; text: string };
/** `charset` is what a server said of a page; the page's own word counts where it said nothing. */
export type FileSource = Named & { kind: FileKind; bytes: Uint8Array; charset?: string | undefined };
/** Read in a thread that can be killed. */
export type ForeignSource = MarkdownSource | FileSource;
/** Something from outside that becomes one document. Texts were decoded when they were taken in. */
export type Source = PlainSource | ForeignSource;

/** Text under one path of headings; blocks are paragraphs, list entries and table rows. */
export type Section = { headings: readonly string[]; blocks: readonly string[] };
export type Pair = { question: string; answer: string };

/** An entry that is no pair: where it stands in its table or list, and which half it lacks. */
export type IncompletePair = { at: string; missing: 'question' | 'answer' };

export type ParsedSource = {
  title: string;
  sections: readonly Section[];
  pairs: readonly Pair[];
  incomplete?: readonly IncompletePair[];
  /** Numbers of the pages that hold pictures and no text, where others hold some. */
  unreadPages?: readonly number[];
};

export type SourceFailure = { sourceKey: string; code: string; message: string };
/** The source was read, but not all of it. */
export type SourceWarning = SourceFailure;

export const isPlain = (source: Source): source is PlainSource =>
  source.kind === 'text' || source.kind === 'pairs';

// Part of every hash: raise it when parsing or chunking changes, and the next sync replaces all documents. What they say as
// before keeps its vectors.
const RECIPE_VERSION = 4;

/** Changes when the source or the way it is cut into chunks changes. */
export function contentHash(source: Source): string {
  const { kind, name, itemId } = source;
  const content =
    'text' in source
      ? source.text
      : createHash('sha256')
          .update(source.charset ?? '')
          .update(source.bytes)
          .digest('hex');
  // Without a listing as before there were listings, so that a base from then stays as it is.
  const parts = [RECIPE_VERSION, kind, name, content, ...(itemId === undefined ? [] : [itemId])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
