import { safeInteger, storableText } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import { trigramBands } from './trigram-bands.ts';

type PlacedQuestion = {
  replyId: string | null;
  messageId: string | null;
  askedAt: Date;
  /** Both empty for what asks nothing: it is kept as seen, and opens no gap. */
  folded: string;
  stems: string;
  vector?: readonly number[] | undefined;
};

export type GapPlacement = {
  accountId: number;
  questions: readonly PlacedQuestion[];
  /** Trigram similarity of the stems from which two questions ask the same. */
  minStemSimilarity: number;
  /** The same for vectors of one space, by cosine; without it they are not compared. */
  vectors?: { spaceKey: string; minSimilarity: number } | undefined;
};

// For similarities from 0.6 on: it misses one of 80 there, and looks at one of 20 of those at 0.2.
const BANDING = { bands: 32, rows: 4 };

const bandsOf = (accountId: number, stems: string) =>
  trigramBands({ accountId, text: stems, banding: BANDING });

/** One question after the other, because each may open the gap that the next one joins. */
export async function placeQuestions(run: RunQuery, placement: GapPlacement): Promise<void> {
  const { accountId, questions } = placement;
  await run(
    `insert into gap_collections (account_id) values ($1)
     on conflict (account_id) do update set collected_at = clock_timestamp()`,
    [safeInteger(accountId)],
  );
  await promoteLeaders(run, accountId);
  for (const question of questions) await place(run, placement, question);
}

/**
 * The first question of a gap may have been erased, or gone with its time: then the oldest that is left stands for the gap,
 * or a gap that was dismissed would come back as a new one. By its words only: its vector was never kept.
 */
async function promoteLeaders(run: RunQuery, accountId: number): Promise<void> {
  const orphaned = await run<{ id: string; stems: string }>(
    `select distinct on (q.gap_id) q.id, q.stems
       from gap_questions q
      where q.account_id = $1 and q.gap_id is not null
        and not exists (select from gap_questions first where first.gap_id = q.gap_id and first.is_leader)
      order by q.gap_id, q.asked_at, q.id`,
    [accountId],
  );
  for (const { id, stems } of orphaned) {
    await run('update gap_questions set is_leader = true, bands = $2 where id = $1', [
      id,
      bandsOf(accountId, stems),
    ]);
  }
}

async function place(run: RunQuery, placement: GapPlacement, question: PlacedQuestion): Promise<void> {
  if (question.stems === '') {
    await insertQuestion(run, placement, { question, gapId: null, isLeader: false });
    return;
  }
  const known =
    (await nearestByStems(run, placement, question)) ?? (await nearestByVector(run, placement, question));
  const gapId = known ?? (await openGap(run, placement));
  const isPlaced = await insertQuestion(run, placement, { question, gapId, isLeader: known === undefined });
  if (!isPlaced && known === undefined) await run('delete from gaps where id = $1', [gapId]);
}

// A gap that was answered takes no more questions: whoever asks on was not helped by the answer.
const TAKES_MORE = `g.status in ('open', 'dismissed')`;

async function nearestByStems(
  run: RunQuery,
  { accountId, minStemSimilarity }: GapPlacement,
  { stems }: PlacedQuestion,
): Promise<string | undefined> {
  const [row] = await run<{ gap_id: string; similarity: number }>(
    `select q.gap_id, similarity(q.stems, $2) as similarity
       from gap_questions q join gaps g on g.id = q.gap_id and ${TAKES_MORE}
      where q.account_id = $1 and q.is_leader and q.bands && (select $3::int[])
      order by 2 desc, q.id limit 1`,
    [accountId, storableText(stems), bandsOf(accountId, stems)],
  );
  return row !== undefined && row.similarity >= minStemSimilarity ? row.gap_id : undefined;
}

async function nearestByVector(
  run: RunQuery,
  { accountId, vectors }: GapPlacement,
  { vector }: PlacedQuestion,
): Promise<string | undefined> {
  if (vectors === undefined || vector === undefined) return undefined;
  const [row] = await run<{ gap_id: string; similarity: number }>(
    `select q.gap_id, 1 - (q.embedding <=> $3::halfvec) as similarity
       from gap_questions q join gaps g on g.id = q.gap_id and ${TAKES_MORE}
      where q.account_id = $1 and q.is_leader and q.space_key = $2
      order by 2 desc, q.id limit 1`,
    [accountId, vectors.spaceKey, JSON.stringify(vector)],
  );
  return row !== undefined && row.similarity >= vectors.minSimilarity ? row.gap_id : undefined;
}

async function openGap(run: RunQuery, { accountId }: GapPlacement): Promise<string> {
  const [row] = await run<{ id: string }>('insert into gaps (account_id) values ($1) returning id', [
    accountId,
  ]);
  if (!row) throw new Error('an insert returned no row');
  return row.id;
}

/** Returns false where somebody else has placed it already. Only first questions keep their vector. */
async function insertQuestion(
  run: RunQuery,
  { accountId, vectors }: GapPlacement,
  { question, gapId, isLeader }: { question: PlacedQuestion; gapId: string | null; isLeader: boolean },
): Promise<boolean> {
  const { replyId, messageId, askedAt, folded, stems, vector } = question;
  const kept = isLeader && vectors !== undefined && vector !== undefined;
  const rows = await run(
    `insert into gap_questions
       (account_id, reply_id, message_id, gap_id, asked_at, folded, stems, is_leader, space_key, embedding, bands)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::halfvec, $11)
     on conflict do nothing returning id`,
    [
      accountId,
      replyId,
      messageId,
      gapId,
      askedAt,
      storableText(folded),
      storableText(stems),
      isLeader,
      kept ? vectors.spaceKey : null,
      kept ? JSON.stringify(vector) : null,
      isLeader ? bandsOf(accountId, stems) : [],
    ],
  );
  return rows.length > 0;
}
