import { AppError, errorCode, errorMessage, type Logger } from '@avito-autoreply/runtime';
import { chunkDocument } from '../chunking/chunk-sections.ts';
import { textToIndex } from '../chunking/chunk-texts.ts';
import type { KnowledgeStore, NewChunk } from '../ports.ts';
import type { FileParser } from '../sources/file-parser.ts';
import { parseText } from '../sources/parse-text.ts';
import {
  contentHash,
  isPlain,
  type ParsedSource,
  type Source,
  type SourceFailure,
  type SourceWarning,
} from '../sources/source.ts';

export type PreparedDocument = {
  kind: 'added' | 'updated';
  document: Omit<Parameters<KnowledgeStore['documents']['replace']>[0], 'accountId'>;
};
type Prepared = (PreparedDocument | { kind: 'unchanged' } | { kind: 'failed'; failure: SourceFailure }) & {
  warning?: SourceWarning | undefined;
};

/** The document that the source makes, unless it is the one that is stored; only faults of ours are thrown. */
export async function prepareDocument({
  source,
  knownHash,
  parser,
  logger,
}: {
  source: Source;
  knownHash: string | undefined;
  parser: FileParser;
  logger?: Logger | undefined;
}): Promise<Prepared> {
  const hash = contentHash(source);
  const isUnchanged = hash === knownHash;
  try {
    const { key, kind, itemId } = source;
    if (isUnchanged && kind !== 'table' && kind !== 'xlsx') return { kind: 'unchanged' };
    // A table is read again: what it lacks is said for as long as it does.
    const parsed = isPlain(source) ? parseText(source) : await parser.parse(source);
    const warning = warningOf({ sourceKey: key, parsed });
    if (isUnchanged) return { kind: 'unchanged', warning };
    const document = { sourceKey: key, contentHash: hash, kind, itemId, ...chunksOf(parsed, warning) };
    return { kind: knownHash === undefined ? 'added' : 'updated', document, warning };
  } catch (error) {
    // An error that is no AppError is a fault of ours, not of this source.
    if (!(error instanceof AppError)) throw error;
    // With what a library said, which the owner could make nothing of.
    logger?.debug('a source cannot be read', { sourceKey: source.key, error });
    const failure = { sourceKey: source.key, code: errorCode(error), message: errorMessage(error) };
    return { kind: 'failed', failure };
  }
}

type Read = { sourceKey: string; parsed: ParsedSource };

const warningOf = (read: Read) =>
  incompleteWarning(read) ??
  raggedWarning(read) ??
  uncalculatedWarning(read) ??
  hiddenWarning(read) ??
  pagesWarning(read);

const NAMED = 5;

const firstOf = (all: readonly unknown[], most = NAMED): string =>
  `${all.slice(0, most).join(', ')}${all.length > most ? ` and ${all.length - most} more` : ''}`;

function leftOut(rows: readonly string[]): string {
  const count = rows.length === 1 ? '1 row is' : `${rows.length} rows are`;
  return `${count} left out: ${firstOf(rows)}`;
}

function incompleteWarning({ sourceKey, parsed: { incomplete = [] } }: Read): SourceWarning | undefined {
  if (incomplete.length === 0) return undefined;
  return {
    sourceKey,
    code: 'knowledge.incomplete-pairs',
    message: leftOut(incomplete.map(({ at, missing }) => `${at} has no ${missing}`)),
  };
}

function raggedWarning({ sourceKey, parsed: { ragged = [] } }: Read): SourceWarning | undefined {
  if (ragged.length === 0) return undefined;
  const rows = ragged.map(
    ({ line, cells, columns }) => `line ${line} has ${cells} cells in ${columns} columns`,
  );
  return {
    sourceKey,
    code: 'knowledge.ragged-rows',
    message: `${leftOut(rows)}: put cells that hold the delimiter into quotation marks`,
  };
}

function uncalculatedWarning({ sourceKey, parsed: { uncalculated = [] } }: Read): SourceWarning | undefined {
  if (uncalculated.length === 0) return undefined;
  return {
    sourceKey,
    code: 'knowledge.uncalculated-formulas',
    message: `formulas without a value are read as empty: ${firstOf(uncalculated)}: open the file in Excel and save it`,
  };
}

function hiddenWarning({ sourceKey, parsed: { hiddenRows = [] } }: Read): SourceWarning | undefined {
  if (hiddenRows.length === 0) return undefined;
  const sheets = hiddenRows.slice(0, NAMED).map(({ sheet, rows }) => `${rows} of „${sheet}“`);
  const more = hiddenRows.length > NAMED ? ` and those of ${hiddenRows.length - NAMED} sheets more` : '';
  return {
    sourceKey,
    code: 'knowledge.hidden-rows',
    message: `hidden rows are not read: ${sheets.join(', ')}${more}: where they are meant, take the filter off and open the groups`,
  };
}

const NAMED_PAGES = 20;

function pagesWarning({ sourceKey, parsed: { unreadPages = [] } }: Read): SourceWarning | undefined {
  if (unreadPages.length === 0) return undefined;
  return {
    sourceKey,
    code: 'knowledge.pages-without-text',
    message: `no text on page ${firstOf(unreadPages, NAMED_PAGES)}: where it is in pictures, recognise it (OCR)`,
  };
}

/** The document as it is stored. Throws `knowledge.empty`, or what the source lacks where it lacks all. */
function chunksOf(
  parsed: ParsedSource,
  warning: SourceWarning | undefined,
): { title: string; chunks: NewChunk[] } {
  const chunks = chunkDocument(parsed);
  if (chunks.length === 0) {
    const reason = warning === undefined ? '' : `: ${warning.message}`;
    throw new AppError(`the source holds no text${reason}`, {
      code: warning?.code ?? 'knowledge.empty',
    });
  }
  return {
    title: parsed.title,
    chunks: chunks.map((chunk) => ({ ...chunk, searchText: textToIndex(chunk) })),
  };
}
