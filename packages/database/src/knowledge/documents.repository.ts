import type { Pool } from 'pg';
import { safeInteger, safeIntegerOrNull } from '../values.ts';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { readDocument, type StoredDocument } from './read-document.ts';
import { lockKnowledgeBase, shareKnowledgeBase } from './lock-knowledge-base.ts';
import { vectorIndexName } from './vector-index.ts';
import { type DocumentWarning, type NewDocument, removeDocuments, writeDocument } from './write-document.ts';

export type DocumentSummary = {
  sourceKey: string;
  title: string;
  contentHash: string;
  /** What it was read from: markdown, pdf and so on. */
  kind: string;
  /** The listing that it belongs to; null for what holds of the whole shop. */
  itemId: number | null;
  chunks: number;
  warnings: DocumentWarning[];
  updatedAt: Date;
};

/** Documents with everything that search needs of them. Each change is one transaction, so a crash leaves the old or the new state. */
export function createDocumentsRepository(pool: Pool) {
  const runQuery = createRunQuery(pool);
  return {
    async list({ accountId }: { accountId: number }): Promise<DocumentSummary[]> {
      const rows = await runQuery<{
        source_key: string;
        title: string;
        content_hash: string;
        kind: string;
        item_id: string | null;
        chunks: string;
        warnings: DocumentWarning[];
        updated_at: Date;
      }>(
        `select d.source_key, d.title, d.content_hash, d.kind, d.item_id, d.warnings, d.updated_at,
                (select count(*) from chunks c where c.document_id = d.id) as chunks
           from documents d where d.account_id = $1 order by d.source_key`,
        [accountId],
      );
      return rows.map((row) => ({
        sourceKey: row.source_key,
        title: row.title,
        contentHash: row.content_hash,
        kind: row.kind,
        itemId: safeIntegerOrNull(row.item_id),
        chunks: safeInteger(row.chunks),
        warnings: row.warnings,
        updatedAt: row.updated_at,
      }));
    },

    /** Stores the document under its source key in place of the one that was there. */
    async replace(document: NewDocument): Promise<void> {
      await withTransaction(pool, async (run) => {
        await shareKnowledgeBase(run, document.accountId);
        await writeDocument(run, document);
      });
    },

    /** Gives a document another key; false where there is no such document, or one under that key already. */
    async rename({ accountId, from, to }: { accountId: number; from: string; to: string }): Promise<boolean> {
      return withTransaction(pool, async (run) => {
        await shareKnowledgeBase(run, accountId);
        const renamed = await run(
          `update documents set source_key = $3 where account_id = $1 and source_key = $2
             and not exists (select from documents where account_id = $1 and source_key = $3) returning 1`,
          [accountId, from, to],
        );
        return renamed.length > 0;
      });
    },

    /** A document with its chunks and their vectors in all spaces, as one moment saw it. */
    async load(query: { accountId: number; sourceKey: string }): Promise<StoredDocument | undefined> {
      return withTransaction(pool, (run) => readDocument(run, query));
    },

    /** Removes these documents of the account in one transaction; returns how many there were. */
    async remove({
      accountId,
      sourceKeys,
    }: {
      accountId: number;
      sourceKeys: readonly string[];
    }): Promise<number> {
      if (sourceKeys.length === 0) return 0;
      return withTransaction(pool, async (run) => {
        await lockKnowledgeBase(run, accountId);
        return removeDocuments(run, { accountId, sourceKeys });
      });
    },

    /** Removes the whole knowledge base of the account. */
    async removeAll({ accountId }: { accountId: number }): Promise<void> {
      await withTransaction(pool, async (run) => {
        await lockKnowledgeBase(run, accountId);
        const graphs = await run<{ space_id: number }>(
          `select distinct space_id from chunk_embeddings where account_id = $1`,
          [accountId],
        );
        for (const table of [
          'documents',
          'posting_lists',
          'lexicon',
          'knowledge_bases',
          'knowledge_sources',
        ]) {
          await run(`delete from ${table} where account_id = $1`, [accountId]);
        }
        for (const { space_id: spaceId } of graphs)
          await run(`drop index if exists "${vectorIndexName({ spaceId, accountId })}"`);
      });
    },

    /**
     * Has the planner count again. Until then it takes a new knowledge base for empty and reads all of it for each
     * question; a server would notice within minutes, PGlite never does.
     */
    async refreshStatistics(): Promise<void> {
      await runQuery('analyze chunks, posting_lists, lexicon, chunk_embeddings');
    },
  };
}
