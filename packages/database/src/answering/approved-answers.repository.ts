import { AppError } from '@avito-autoreply/runtime';
import { DatabaseError, type Pool } from 'pg';
import { safeInteger, storableText, uuidOrNull } from '../values.ts';
import { createRunQuery, withTransaction } from '../with-transaction.ts';

export type ApprovedPair = {
  id: string;
  question: string;
  answer: string;
  /** The gap that it closed. */
  gapId: string | null;
  createdAt: Date;
  updatedAt: Date;
};

/** `folded`: the question as questions are compared. */
export type NewApprovedPair = { question: string; folded: string; answer: string };

type PairRow = {
  id: string;
  question: string;
  answer: string;
  gap_id: string | null;
  created_at: Date;
  updated_at: Date;
};

const toPair = (row: PairRow): ApprovedPair => ({
  id: row.id,
  question: row.question,
  answer: row.answer,
  gapId: row.gap_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

// A pair less similar than this is never the same question, so the index need not look at it.
const MIN_SIMILARITY = 0.8;

const UNIQUE_VIOLATION = '23505';

/** Pairs that operators wrote or approved. Reads are never cached: the next question gets what was stored. */
export function createApprovedAnswersRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** The same question, else the most similar one. Asked for every question, so it is quick where there is no pair. */
    async findNearest({
      accountId,
      folded,
    }: {
      accountId: number;
      folded: string;
    }): Promise<{ id: string; question: string; answer: string; similarity: number } | undefined> {
      const asked = storableText(folded);
      const [same] = await run<
        { has_pairs: boolean } & Pick<PairRow, 'question' | 'answer'> & { id: string | null }
      >(
        `select exists (select from approved_answers where account_id = $1) as has_pairs, pair.id, pair.question, pair.answer
           from (values (1)) as one
           left join approved_answers pair on pair.account_id = $1 and pair.folded = $2`,
        [safeInteger(accountId), asked],
      );
      if (!same?.has_pairs) return undefined;
      const { id, question, answer } = same;
      if (id !== null) return { id, question, answer, similarity: 1 };
      return withTransaction(pool, async (query) => {
        // The operator %, and with it the index, takes its threshold from a setting.
        await query(`set local pg_trgm.similarity_threshold = ${MIN_SIMILARITY}`);
        const [near] = await query<{ id: string; question: string; answer: string; similarity: number }>(
          `select id, question, answer, similarity(folded, $2) as similarity from approved_answers
            where account_id = $1 and folded % $2 order by 4 desc, id limit 1`,
          [accountId, asked],
        );
        return near;
      });
    },

    /** The newest first. `search` is a part of the question or the answer. */
    async list({
      accountId,
      search,
      limit = 100,
      offset = 0,
    }: {
      accountId: number;
      search?: string | undefined;
      limit?: number;
      offset?: number;
    }): Promise<{ total: number; pairs: ApprovedPair[] }> {
      const where = `account_id = $1 and ($2::text is null or strpos(lower(question || ' ' || answer), lower($2)) > 0)`;
      const values = [safeInteger(accountId), search === undefined ? null : storableText(search)];
      const [count] = await run<{ total: number }>(
        `select count(*)::int as total from approved_answers where ${where}`,
        values,
      );
      const rows = await run<PairRow>(
        `select * from approved_answers where ${where} order by created_at desc, id limit $3 offset $4`,
        [...values, limit, offset],
      );
      return { total: count?.total ?? 0, pairs: rows.map(toPair) };
    },

    /** Adds pairs; of a question that is there already, in whatever spelling, the answer is replaced. */
    async save({
      accountId,
      pairs,
      gapId,
    }: {
      accountId: number;
      pairs: readonly NewApprovedPair[];
      gapId?: string | undefined;
    }): Promise<{ added: number; changed: number; unchanged: number; pairs: ApprovedPair[] }> {
      // A statement may not touch the same row twice: the last of several wins.
      const distinct = [...new Map(pairs.map((pair) => [pair.folded, pair])).values()];
      const rows = await run<PairRow & { is_new: boolean }>(
        `insert into approved_answers as pair (account_id, question, folded, answer, gap_id)
         select $1, question, folded, answer, $5 from unnest($2::text[], $3::text[], $4::text[]) as new (question, folded, answer)
         on conflict (account_id, folded) do update
            set question = excluded.question, answer = excluded.answer, updated_at = clock_timestamp(),
                gap_id = coalesce(excluded.gap_id, pair.gap_id)
          where (pair.question, pair.answer) is distinct from (excluded.question, excluded.answer)
         returning *, xmax = 0 as is_new`,
        [
          safeInteger(accountId),
          distinct.map(({ question }) => storableText(question)),
          distinct.map(({ folded }) => storableText(folded)),
          distinct.map(({ answer }) => storableText(answer)),
          gapId ?? null,
        ],
      );
      const added = rows.filter((row) => row.is_new).length;
      return {
        added,
        changed: rows.length - added,
        unchanged: distinct.length - rows.length,
        pairs: rows.map(toPair),
      };
    },

    /** Undefined for an unknown pair. Throws `answering.duplicate-question` where another pair has that question. */
    async change({
      accountId,
      id,
      pair: { question, folded, answer },
    }: {
      accountId: number;
      id: string;
      pair: NewApprovedPair;
    }): Promise<ApprovedPair | undefined> {
      try {
        const [row] = await run<PairRow>(
          `update approved_answers set question = $3, folded = $4, answer = $5, updated_at = clock_timestamp()
            where account_id = $1 and id = $2 returning *`,
          [safeInteger(accountId), uuidOrNull(id), ...[question, folded, answer].map(storableText)],
        );
        return row && toPair(row);
      } catch (error) {
        if (!(error instanceof DatabaseError) || error.code !== UNIQUE_VIOLATION) throw error;
        throw new AppError('another approved answer has the same question: change that one, or remove it', {
          code: 'answering.duplicate-question',
        });
      }
    },

    /** Returns whether it was there. */
    async remove({ accountId, id }: { accountId: number; id: string }): Promise<boolean> {
      const rows = await run('delete from approved_answers where account_id = $1 and id = $2 returning id', [
        safeInteger(accountId),
        uuidOrNull(id),
      ]);
      return rows.length > 0;
    },
  };
}
