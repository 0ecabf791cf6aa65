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
  type Warning,
} from '../sources/source.ts';
import { warningsOf } from './warnings-of.ts';

export type PreparedDocument = {
  kind: 'added' | 'updated';
  document: Omit<Parameters<KnowledgeStore['documents']['replace']>[0], 'accountId'>;
};
type Prepared =
  | (PreparedDocument & { warnings: readonly Warning[] })
  | { kind: 'unchanged'; warnings: readonly Warning[] }
  | { kind: 'failed'; failure: SourceFailure };

/** The document that the source makes, unless it is the one that is stored: then it is not even parsed. Only faults of ours are thrown. */
export async function prepareDocument({
  source,
  known,
  parser,
  logger,
}: {
  source: Source;
  /** What is stored under its key. */
  known: { contentHash: string; warnings: readonly Warning[] } | undefined;
  parser: FileParser;
  logger?: Logger | undefined;
}): Promise<Prepared> {
  const hash = contentHash(source);
  if (hash === known?.contentHash) return { kind: 'unchanged', warnings: known.warnings };
  try {
    const { key, kind, itemId } = source;
    const parsed = isPlain(source) ? parseText(source) : await parser.parse(source);
    const warnings = warningsOf(parsed);
    const document = {
      sourceKey: key,
      contentHash: hash,
      kind,
      itemId,
      ...chunksOf(parsed, { kind, warnings }),
      warnings,
    };
    return { kind: known === undefined ? 'added' : 'updated', document, warnings };
  } catch (error) {
    // An error that is no AppError is a fault of ours, not of this source.
    if (!(error instanceof AppError)) throw error;
    // With what a library said, which the owner could make nothing of.
    logger?.debug('a source cannot be read', { sourceKey: source.key, error });
    const failure = { sourceKey: source.key, code: errorCode(error), message: errorMessage(error) };
    return { kind: 'failed', failure };
  }
}

const emptyReason = (kind: string) =>
  kind === 'html'
    ? 'the page holds no text: where scripts build it, save it from a browser (.html)'
    : 'the source holds no text';

/** The document as it is stored. Throws `knowledge.empty`, or what the source lacks where it lacks all. */
function chunksOf(
  parsed: ParsedSource,
  { kind, warnings }: { kind: string; warnings: readonly Warning[] },
): { title: string; chunks: NewChunk[] } {
  const chunks = chunkDocument(parsed);
  if (chunks.length === 0) {
    const reasons = warnings.map(({ message }) => message);
    throw new AppError([emptyReason(kind), ...reasons].join(': '), {
      code: warnings[0]?.code ?? 'knowledge.empty',
    });
  }
  return {
    title: parsed.title,
    chunks: chunks.map((chunk) => ({ ...chunk, searchText: textToIndex(chunk) })),
  };
}
