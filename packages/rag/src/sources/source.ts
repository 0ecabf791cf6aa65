import { createHash } from 'node:crypto';

/** `table` is CSV or JSON, as `xlsx` is: questions with their answers, or rows of anything else. */
type TextKind = 'markdown' | 'table';
/** Read from their bytes. */
const FILE_KINDS = ['html', 'pdf', 'docx', 'xlsx'] as const;
export type FileKind = (typeof FILE_KINDS)[number];
export type SourceKind = 'text' | TextKind | FileKind;

type Named = {
  /** A stable name by which the next sync finds the document again. */
  key: string;
  /** Used as the title where the text itself has none. */
  name: string;
  /** The listing that the text belongs to; undefined for what holds of the whole shop. */
  itemId?: number | undefined;
};

/** Read in no time, whatever it holds. */
export type PlainSource = Named & { kind: 'text'; text: string };
/** May be written so that reading it takes minutes, or makes more of it than memory holds. */
type TextSource = Named & { kind: TextKind; text: string };
/** `charset` is what a server said of a page; the page's own word counts where it said nothing. */
export type FileSource = Named & { kind: FileKind; bytes: Uint8Array; charset?: string | undefined };
/** Read in a thread that can be killed. */
export type ForeignSource = TextSource | FileSource;
/** Something from outside that becomes one document. Texts were decoded when they were taken in. */
export type Source = PlainSource | ForeignSource;

/** Text under one path of headings; blocks are paragraphs, list entries and table rows. */
export type Section = { headings: readonly string[]; blocks: readonly string[] };
export type Pair = { question: string; answer: string };
/** `headings` are those that it stands under, as the name of its sheet. */
export type PlacedPair = Pair & { headings?: readonly string[] | undefined };

/** An entry that is no pair: where it stands in its table or list, and which half it lacks. */
export type IncompletePair = { at: string; missing: 'question' | 'answer' };

/** A row with more cells than its table has columns. */
export type RaggedRow = { line: number; cells: number; columns: number };

export type ParsedSource = {
  title: string;
  sections: readonly Section[];
  pairs: readonly PlacedPair[];
  incomplete?: readonly IncompletePair[];
  ragged?: readonly RaggedRow[];
  /** Numbers of the pages that hold pictures and no text, where others hold some. */
  unreadPages?: readonly number[];
  /** Cells of formulas that have no value: „Прайс!C2“. */
  uncalculated?: readonly string[];
  /** Rows of text that a spreadsheet hides. */
  hiddenRows?: readonly { sheet: string; rows: number }[];
};

/** The source was read, but not all of it: a stable code, and what was left out. */
export type Warning = { code: string; message: string };
export type SourceFailure = { sourceKey: string; code: string; message: string };
export type SourceWarning = Warning & { sourceKey: string };

export const isFileKind = (kind: SourceKind): kind is FileKind => FILE_KINDS.some((each) => each === kind);

export const isPlain = (source: Source): source is PlainSource => source.kind === 'text';

// Part of every hash: raise it when parsing or chunking changes, and the next sync replaces all documents. What they say as
// before keeps its vectors.
const RECIPE_VERSION = 7;
const RECIPE = `${RECIPE_VERSION}:`;

const hashOf = (parts: unknown) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** Changes when the source or the way it is cut into chunks changes. A file that is renamed keeps what `contentPart` tells. */
export function contentHash(source: Source): string {
  const { kind, name, itemId } = source;
  const content =
    'text' in source
      ? source.text
      : createHash('sha256')
          .update(source.charset ?? '')
          .update(source.bytes)
          .digest('hex');
  return `${RECIPE}${hashOf([kind, content, itemId])}-${hashOf(name)}`;
}

/** Whether the document of this hash was made as it would be made now. */
export const isOfThisRecipe = (hash: string): boolean => hash.startsWith(RECIPE);

/** Of a hash, what does not change with the source's name. */
export const contentPart = (hash: string): string => hash.slice(0, hash.indexOf('-') + 1);
