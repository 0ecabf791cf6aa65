import type { OverdueReply, OverdueTurn, Repositories } from '@avito-autoreply/database';
import { composeReply, type Handler, type Queues, sendReply, type sweep } from '@avito-autoreply/queue';
import type { Logger } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { createReturnToAuto } from '../take-in/return-to-auto.ts';

type SweepDeps = {
  repositories: Pick<Repositories, 'sweep' | 'turns'>;
  queues: Pick<Queues, 'enqueue'>;
  accountIds: readonly number[];
  returnToAuto: Pick<ReturnType<typeof createReturnToAuto>, 'ofAccounts'>;
  logger: Logger;
};

/**
 * How often, in milliseconds. Work whose job is gone is rung for at the latest this long after OVERDUE_MS; when the
 * queue lost everything, the schedule itself comes back within 5 s and sweeps at once.
 */
export const SWEEP_EVERY_MS = 10_000;

/** Only the time between a commit and the bell that follows it: a job that still stands in the queue is not rung twice. */
const OVERDUE_MS = 3_000;

/**
 * So long a composer at work is never silent, however long it takes. A turn that is taken from a composer too early
 * costs a model call; it can never cost a second answer.
 */
const STUCK_MS = 120_000;
const PAGE = 500;
const AT_A_TIME = 20;

/**
 * Rings for all work that should have been done by now: Postgres remembers it even when the queue was flushed. Ringing
 * costs nothing where the job is still there, because its id is taken; so the queue itself tells what was gone.
 */
export function createSweep({
  repositories,
  queues,
  accountIds,
  returnToAuto,
  logger,
}: SweepDeps): Handler<z.output<typeof sweep.schema>> {
  const ringCompose = async ({ accountId, chatId }: OverdueTurn, turn: number): Promise<boolean> => {
    const { outcome } = await queues.enqueue(composeReply, { accountId, chatId, turn });
    return outcome === 'added';
  };

  /** A number of its own fences out the composer that hangs, and is a job id that nobody holds. */
  const reopen = async (chat: OverdueTurn): Promise<boolean> => {
    const turn = await repositories.turns.reopenTurn({ ...chat, olderThanMs: STUCK_MS });
    return turn !== undefined && ringCompose(chat, turn);
  };

  const ringTurn = async (chat: OverdueTurn): Promise<boolean> => {
    const { dueTurn, composingTurn, composingMs } = chat;
    let wasGone = false;
    if (composingTurn !== null) {
      wasGone = await ringCompose(chat, composingTurn);
      if (!wasGone && (composingMs ?? 0) > STUCK_MS) return reopen(chat);
    }
    if (dueTurn === null) return wasGone;
    return (await ringCompose(chat, dueTurn)) || wasGone;
  };

  const overdue = { accountIds, olderThanMs: OVERDUE_MS, limit: PAGE };
  const ringTurns = () =>
    countAdded((after) => repositories.sweep.overdueTurns({ ...overdue, after }), ringTurn);
  const ringReplies = () =>
    countAdded(
      (after) => repositories.sweep.overdueReplies({ ...overdue, after }),
      async ({ accountId, chatId, replyId }: OverdueReply) => {
        const { outcome } = await queues.enqueue(sendReply, { accountId, chatId, replyId });
        return outcome === 'added';
      },
    );

  return async () => {
    await returnToAuto.ofAccounts(accountIds);
    const turns = await ringTurns();
    const replies = await ringReplies();
    if (turns + replies > 0) logger.warn('rang again for work whose job is gone', { turns, replies });
  };
}

/** Rings for all of them, page by page and a few at a time. Returns how many were gone. */
async function countAdded<T>(
  pageAfter: (after: T | undefined) => Promise<T[]>,
  ring: (one: T) => Promise<boolean>,
): Promise<number> {
  let added = 0;
  let after: T | undefined;
  do {
    const page = await pageAfter(after);
    for (let start = 0; start < page.length; start += AT_A_TIME) {
      const results = await Promise.all(page.slice(start, start + AT_A_TIME).map(ring));
      added += results.filter(Boolean).length;
    }
    after = page.length === PAGE ? page.at(-1) : undefined;
  } while (after !== undefined);
  return added;
}
