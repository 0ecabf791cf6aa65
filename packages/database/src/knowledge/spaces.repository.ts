import { AppError } from '@avito-autoreply/runtime';
import type { Pool } from 'pg';
import { safeInteger } from '../values.ts';
import { createRunQuery, type RunQuery, withTransaction } from '../with-transaction.ts';
import { type EmbeddingSpaceRow, resolveSpace } from './embedding-spaces.ts';
import { lockKnowledgeBase } from './lock-knowledge-base.ts';
import { vectorIndexName } from './vector-index.ts';

export type SpaceSummary = {
  key: string;
  model: string;
  dimensions: number;
  /** Chunks of the account with a vector in the space, and those without. */
  vectors: number;
  missing: number;
  /** It serves the account's questions. */
  isActive: boolean;
};

type Space = { accountId: number; spaceKey: string };

/** The embedding spaces of an account: which are filled, and which one serves. */
export function createSpacesRepository(pool: Pool) {
  const runQuery = createRunQuery(pool);
  return {
    /** Throws `database.other-dimensions`, so that it is known before a document with such vectors is written. */
    async ensure(space: EmbeddingSpaceRow): Promise<void> {
      await resolveSpace(runQuery, space);
    },

    /** The key of the space that serves; undefined before the first is filled. */
    async active({ accountId }: { accountId: number }): Promise<string | undefined> {
      const [row] = await runQuery<{ key: string }>(
        `select s.key from knowledge_bases b join embedding_spaces s on s.id = b.space_id where b.account_id = $1`,
        [accountId],
      );
      return row?.key;
    },

    /** Chunks of the account without a vector in the space, which need not be there yet. */
    async missing({ accountId, spaceKey }: Space): Promise<number> {
      const [row] = await runQuery<{ missing: string }>(
        `select (select count(*) from chunks where account_id = $1)
              - (select count(*) from chunk_embeddings e join embedding_spaces s on s.id = e.space_id
                  where e.account_id = $1 and s.key = $2) as missing`,
        [accountId, spaceKey],
      );
      return safeInteger(row?.missing ?? 0);
    },

    /** Spaces that hold vectors of the account, and the one that serves. */
    async list({ accountId }: { accountId: number }): Promise<SpaceSummary[]> {
      const rows = await runQuery<{
        key: string;
        model: string;
        dimensions: number;
        vectors: string;
        missing: string;
        is_active: boolean;
      }>(
        `with counted as (
           select space_id, count(*) as vectors from chunk_embeddings where account_id = $1 group by space_id
         ), base as (
           select space_id, chunks from knowledge_bases where account_id = $1
         )
         select s.key, s.model, s.dimensions, coalesce(c.vectors, 0) as vectors,
                coalesce((select chunks from base), 0) - coalesce(c.vectors, 0) as missing,
                s.id is not distinct from (select space_id from base) as is_active
           from embedding_spaces s left join counted c on c.space_id = s.id
          where c.vectors > 0 or s.id = (select space_id from base) order by s.key collate "C"`,
        [accountId],
      );
      return rows.map(({ is_active: isActive, vectors, missing, ...space }) => ({
        ...space,
        vectors: safeInteger(vectors),
        missing: safeInteger(missing),
        isActive,
      }));
    },

    /**
     * Lets a space serve the account from now on: one row. With `unlessSet`, only where none serves yet. Returns the
     * number of chunks that lack a vector in it; with any the old space goes on serving.
     */
    async activate({
      accountId,
      spaceKey,
      unlessSet = false,
    }: Space & { unlessSet?: boolean | undefined }): Promise<number> {
      return withTransaction(pool, async (run) => {
        // No sync adds a chunk between the count and the switch.
        await lockKnowledgeBase(run, accountId);
        const spaceId = await knownSpace(run, spaceKey);
        const [row] = await run<{ missing: string }>(
          // A vector goes with its chunk. An anti-join would compare each with each where statistics are missing, as in a
          // base that was just written.
          `select (select count(*) from chunks where account_id = $1)
                - (select count(*) from chunk_embeddings where account_id = $1 and space_id = $2) as missing`,
          [accountId, spaceId],
        );
        const missing = safeInteger(row?.missing ?? 0);
        if (missing > 0) return missing;
        await run(
          `update knowledge_bases set space_id = $2 where account_id = $1 and (space_id is null or not $3)`,
          [accountId, spaceId, unlessSet],
        );
        return 0;
      });
    },

    /**
     * Takes the account's vectors of a space away; returns how many. Throws `database.space-in-use` for the one that
     * serves.
     */
    async drop({ accountId, spaceKey }: Space): Promise<number> {
      return withTransaction(pool, async (run) => {
        await lockKnowledgeBase(run, accountId);
        const spaceId = await knownSpace(run, spaceKey);
        const [used] = await run(`select 1 from knowledge_bases where account_id = $1 and space_id = $2`, [
          accountId,
          spaceId,
        ]);
        if (used !== undefined) {
          throw new AppError(
            `the embedding space ${spaceKey} serves the questions: switch to another one first`,
            {
              code: 'database.space-in-use',
            },
          );
        }
        const gone = await run(
          `delete from chunk_embeddings where account_id = $1 and space_id = $2 returning chunk_id`,
          [accountId, spaceId],
        );
        // The row of the space stays: a sync may be about to write under its number.
        await run(`drop index if exists "${vectorIndexName({ spaceId, accountId })}"`);
        return gone.length;
      });
    },
  };
}

async function knownSpace(run: RunQuery, key: string): Promise<number> {
  const [row] = await run<{ id: number }>(`select id from embedding_spaces where key = $1`, [key]);
  if (row !== undefined) return Number(row.id);
  throw new AppError(`there is no embedding space ${key}: \`autoreply kb spaces\` lists those of the base`, {
    code: 'database.unknown-space',
  });
}
