import { AppError } from '@avito-autoreply/runtime';
import { DatabaseError, type Pool } from 'pg';
import { safeInteger, storableText, uuidOrNull } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';
import { trigramBands } from './trigram-bands.ts';

export type ApprovedPair = {
  id: string;
  question: string;
  answer: string;
  /** The gap that it closed. */
  gapId: string | null;
  createdAt: Date;
  updatedAt: Date;
};

/** A pair whose question is like the one that was asked. */
type NearPair = Pick<ApprovedPair, 'id' | 'question' | 'answer'> & { folded: string; similarity: number };

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

// A pair less similar than this is never the same question.
const MIN_SIMILARITY = 0.8;
// Of the pairs that are as similar as that, it misses one of 2,900; of those at 0.2 it looks at one of 160.
const BANDING = { bands: 20, rows: 5 };
// Hundreds of a shop's questions share a band because they begin alike. The same question shares six of the twenty on
// average, so these are all that need comparing: it costs several times what counting bands does.
const MOST_COMPARED = 40;
// „… на R16“, „… на R17“: which of them is the one that was asked, letters alone do not tell.
const MOST_NEAR = 10;

const bandsOf = (accountId: number, folded: string) =>
  trigramBands({ accountId, text: folded, banding: BANDING });

const UNIQUE_VIOLATION = '23505';

/** Pairs that operators wrote or approved. Reads are never cached: the next question gets what was stored. */
export function createApprovedAnswersRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /**
     * The same question, then those that are written nearly so, the most similar first. Asked for every question: one
     * statement. The bands stand in a query of their own, or the planner reads some thousands of pairs row by row, at ten
     * times the time.
     */
    async findNear({ accountId, folded }: { accountId: number; folded: string }): Promise<NearPair[]> {
      const asked = storableText(folded);
      const near = await run<NearPair>(
        `with near as materialized (
           select id, question, answer, folded from approved_answers
            where account_id = $1 and bands && (select $3::int[])
            order by (select count(*) from unnest(bands) as band where band = any($3::int[])) desc limit ${MOST_COMPARED}
         )
         select id, question, folded, answer, case when folded = $2 then 1 else similarity(folded, $2) end as similarity
           from near order by 5 desc, id limit ${MOST_NEAR}`,
        [safeInteger(accountId), asked, bandsOf(accountId, asked)],
      );
      return near.filter(({ similarity }) => similarity >= MIN_SIMILARITY);
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
        `insert into approved_answers as pair (account_id, question, folded, answer, gap_id, bands)
         select $1, question, folded, answer, $5, bands::int[]
           from unnest($2::text[], $3::text[], $4::text[], $6::text[]) as new (question, folded, answer, bands)
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
          // An array of arrays must be rectangular; as texts they may differ in length.
          distinct.map(({ folded }) => `{${bandsOf(accountId, storableText(folded)).join(',')}}`),
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
          `update approved_answers set question = $3, folded = $4, answer = $5, bands = $6, updated_at = clock_timestamp()
            where account_id = $1 and id = $2 returning *`,
          [
            safeInteger(accountId),
            uuidOrNull(id),
            ...[question, folded, answer].map(storableText),
            bandsOf(accountId, storableText(folded)),
          ],
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
