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
    if (isUnchanged && kind !== 'pairs') return { kind: 'unchanged' };
    // A table is read in no time, and what it lacks is said as long as it does.
    const parsed = isPlain(source) ? parseText(source) : await parser.parse(source);
    const warning = incompleteWarning({ sourceKey: key, parsed }) ?? pagesWarning({ sourceKey: key, parsed });
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

const NAMED_ROWS = 5;

function incompleteWarning({
  sourceKey,
  parsed: { incomplete = [] },
}: {
  sourceKey: string;
  parsed: ParsedSource;
}): SourceWarning | undefined {
  if (incomplete.length === 0) return undefined;
  const named = incomplete.slice(0, NAMED_ROWS).map(({ at, missing }) => `${at} has no ${missing}`);
  const more = incomplete.length > NAMED_ROWS ? ` and ${incomplete.length - NAMED_ROWS} more` : '';
  const count = incomplete.length === 1 ? '1 row is' : `${incomplete.length} rows are`;
  return {
    sourceKey,
    code: 'knowledge.incomplete-pairs',
    message: `${count} left out: ${named.join(', ')}${more}`,
  };
}

const NAMED_PAGES = 20;

function pagesWarning({
  sourceKey,
  parsed: { unreadPages = [] },
}: {
  sourceKey: string;
  parsed: ParsedSource;
}): SourceWarning | undefined {
  if (unreadPages.length === 0) return undefined;
  const more = unreadPages.length > NAMED_PAGES ? ` and ${unreadPages.length - NAMED_PAGES} more` : '';
  return {
    sourceKey,
    code: 'knowledge.pages-without-text',
    message: `no text on page ${unreadPages.slice(0, NAMED_PAGES).join(', ')}${more}: where it is in pictures, recognise it (OCR)`,
  };
}

/** The document as it is stored. Throws `knowledge.empty`. */
function chunksOf(
  parsed: ParsedSource,
  warning: SourceWarning | undefined,
): { title: string; chunks: NewChunk[] } {
  const chunks = chunkDocument(parsed);
  if (chunks.length === 0) {
    const reason = warning === undefined ? '' : `: ${warning.message}`;
    throw new AppError(`the source holds no text${reason}`, { code: 'knowledge.empty' });
  }
  return {
    title: parsed.title,
    chunks: chunks.map((chunk) => ({ ...chunk, searchText: textToIndex(chunk) })),
  };
}
