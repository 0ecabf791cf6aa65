import { AppError } from '@avito-autoreply/runtime';
import { textToEmbed } from '../chunking/chunk-texts.ts';
import type { EmbeddingSpace, KnowledgeStore, NewChunk } from '../ports.ts';
import type { Warning } from '../sources/source.ts';

type MemoryDocument = {
  sourceKey: string;
  title: string;
  contentHash: string;
  kind: string;
  itemId?: number | undefined;
  chunks: MemoryChunk[];
  warnings?: readonly Warning[] | undefined;
};
type Outcome = Parameters<KnowledgeStore['sources']['record']>[0]['outcomes'][number];
type MemoryChunk = Omit<NewChunk, 'vector'> & { chunkId: number; vectors: Map<string, readonly number[]> };

export type MemoryKnowledgeStore = KnowledgeStore & {
  contentOf: (accountId: number) => MemoryDocument[];
  /** Keys of the spaces for which an index was asked for. */
  indexed: string[];
  /** What was recorded last of each source. */
  outcomes: Map<string, Outcome>;
  /** Key of the space that serves, by account. */
  active: Map<number, string>;
};

/** The storage port without a database, for tests of what is done with it. */
export function createMemoryKnowledgeStore(): MemoryKnowledgeStore {
  const accounts = new Map<number, Map<string, MemoryDocument>>();
  const indexed: string[] = [];
  const outcomes = new Map<string, Outcome>();
  const active = new Map<number, string>();
  const dimensionsOf = new Map<string, number>();
  let lastId = 0;
  const documentsOf = (accountId: number) => {
    const documents = accounts.get(accountId) ?? new Map<string, MemoryDocument>();
    accounts.set(accountId, documents);
    return documents;
  };
  const toChunk = ({ vector, ...chunk }: NewChunk, space: EmbeddingSpace | undefined): MemoryChunk => {
    lastId += 1;
    const vectors = new Map<string, readonly number[]>();
    if (vector !== undefined && space !== undefined) vectors.set(space.key, vector);
    return { ...chunk, chunkId: lastId, vectors };
  };
  const contentOf = (accountId: number) => [...documentsOf(accountId).values()];

  const missingIn = ({ accountId, spaceKey }: { accountId: number; spaceKey: string }) =>
    contentOf(accountId)
      .flatMap(({ chunks }) => chunks)
      .filter(({ vectors }) => !vectors.has(spaceKey)).length;

  return {
    contentOf,
    indexed,
    outcomes,
    active,
    documents: {
      list: async ({ accountId }) =>
        contentOf(accountId).map(({ chunks, warnings = [], ...document }) => ({
          ...document,
          chunks: chunks.length,
          warnings,
        })),
      rename: async ({ accountId, from, to }) => {
        const documents = documentsOf(accountId);
        const document = documents.get(from);
        if (document === undefined || documents.has(to)) return false;
        documents.delete(from);
        documents.set(to, { ...document, sourceKey: to });
        return true;
      },
      replace: async ({ accountId, chunks, space, ...document }) => {
        const before = documentsOf(accountId).get(document.sourceKey)?.chunks ?? [];
        const known = new Map(before.map(({ vectors, ...chunk }) => [textToEmbed(chunk), vectors]));
        const stored = chunks.map((chunk) => {
          const { vectors, ...rest } = toChunk(chunk, space);
          return { ...rest, vectors: new Map([...(known.get(textToEmbed(chunk)) ?? []), ...vectors]) };
        });
        documentsOf(accountId).set(document.sourceKey, { ...document, chunks: stored });
      },
      remove: async ({ accountId, sourceKeys }) =>
        sourceKeys.filter((key) => documentsOf(accountId).delete(key)).length,
      removeAll: async ({ accountId }) => {
        accounts.delete(accountId);
      },
      refreshStatistics: async () => {},
    },
    chunks: {
      listEmbedded: async ({ accountId, spaceKey, sourceKeys }) =>
        contentOf(accountId)
          .filter(({ sourceKey }) => sourceKeys.includes(sourceKey))
          .flatMap(({ chunks, sourceKey }) => chunks.map((chunk) => ({ ...chunk, sourceKey })))
          .filter(({ vectors }) => vectors.has(spaceKey)),
      listWithoutVector: async ({ accountId, spaceKey, limit, afterId = 0 }) =>
        contentOf(accountId)
          .flatMap(({ chunks, sourceKey, title }) =>
            chunks.map((chunk, position) => ({ ...chunk, sourceKey, title, position })),
          )
          .filter(({ chunkId, vectors }) => chunkId > afterId && !vectors.has(spaceKey))
          .toSorted((a, b) => a.chunkId - b.chunkId)
          .slice(0, limit),
      saveVectors: async ({ accountId, space, vectors }) => {
        const all = contentOf(accountId).flatMap(({ chunks }) => chunks);
        for (const { chunkId, vector } of vectors) {
          all.find((chunk) => chunk.chunkId === chunkId)?.vectors.set(space.key, vector);
        }
      },
      ensureVectorIndex: async ({ spaceKey }) => {
        indexed.push(spaceKey);
        return false;
      },
    },
    sources: {
      list: async () => [...outcomes.values()],
      record: async ({ outcomes: given }) => {
        for (const outcome of given) outcomes.set(outcome.sourceKey, outcome);
      },
      forget: async ({ sourceKeys }) => sourceKeys.filter((key) => outcomes.delete(key)).length,
    },
    spaces: {
      ensure: async ({ key, dimensions }) => {
        const known = dimensionsOf.get(key) ?? dimensions;
        dimensionsOf.set(key, known);
        if (known !== dimensions)
          throw new AppError(`${key} holds ${known} dimensions`, { code: 'database.other-dimensions' });
      },
      missing: async (space) => missingIn(space),
      activate: async ({ accountId, spaceKey, unlessSet = false }) => {
        const missing = missingIn({ accountId, spaceKey });
        if (missing === 0 && !(unlessSet && active.has(accountId))) active.set(accountId, spaceKey);
        return missing;
      },
    },
  };
}
