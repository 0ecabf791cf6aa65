import { AppError, errorCode, errorMessage } from '@avito-autoreply/runtime';
import { chunkDocument } from '../chunking/chunk-sections.ts';
import { textToIndex } from '../chunking/chunk-texts.ts';
import type { KnowledgeStore, NewChunk } from '../ports.ts';
import type { FileParser } from '../sources/file-parser.ts';
import { parseText } from '../sources/parse-text.ts';
import { contentHash, isPlain, type Source, type SourceFailure } from '../sources/source.ts';

export type PreparedDocument = {
  kind: 'added' | 'updated';
  document: Omit<Parameters<KnowledgeStore['documents']['replace']>[0], 'accountId'>;
};
type Prepared = PreparedDocument | { kind: 'unchanged' } | { kind: 'failed'; failure: SourceFailure };

/** The document that the source makes, unless it is the one that is stored; only faults of ours are thrown. */
export async function prepareDocument({
  source,
  knownHash,
  parser,
}: {
  source: Source;
  knownHash: string | undefined;
  parser: FileParser;
}): Promise<Prepared> {
  const hash = contentHash(source);
  if (hash === knownHash) return { kind: 'unchanged' };
  try {
    const { key, kind, itemId } = source;
    const document = { sourceKey: key, contentHash: hash, kind, itemId, ...(await chunksOf(source, parser)) };
    return { kind: knownHash === undefined ? 'added' : 'updated', document };
  } catch (error) {
    // An error that is no AppError is a fault of ours, not of this source.
    if (!(error instanceof AppError)) throw error;
    const failure = { sourceKey: source.key, code: errorCode(error), message: errorMessage(error) };
    return { kind: 'failed', failure };
  }
}

/** The document as it is stored. Throws `knowledge.empty` and what the parsers throw. */
async function chunksOf(source: Source, parser: FileParser): Promise<{ title: string; chunks: NewChunk[] }> {
  const parsed = isPlain(source) ? parseText(source) : await parser.parse(source);
  const chunks = chunkDocument(parsed);
  if (chunks.length === 0) throw new AppError('the source holds no text', { code: 'knowledge.empty' });
  return {
    title: parsed.title,
    chunks: chunks.map((chunk) => ({ ...chunk, searchText: textToIndex(chunk) })),
  };
}
