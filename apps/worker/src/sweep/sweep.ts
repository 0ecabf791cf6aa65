import type { OverdueTurn, Repositories } from '@avito-autoreply/database';
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

  const ringTurns = async (): Promise<number> => {
    let rung = 0;
    let after: OverdueTurn | undefined;
    do {
      const page = await repositories.sweep.overdueTurns({
        accountIds,
        olderThanMs: OVERDUE_MS,
        after,
        limit: PAGE,
      });
      rung += await countAdded(page, ringTurn);
      after = page.length === PAGE ? page.at(-1) : undefined;
    } while (after !== undefined);
    return rung;
  };

  const ringReplies = async (): Promise<number> => {
    const replies = await repositories.sweep.overdueReplies({ accountIds, olderThanMs: OVERDUE_MS });
    return countAdded(replies, async (reply) => (await queues.enqueue(sendReply, reply)).outcome === 'added');
  };

  return async () => {
    await returnToAuto.ofAccounts(accountIds);
    const turns = await ringTurns();
    const replies = await ringReplies();
    if (turns + replies > 0) logger.warn('rang again for work whose job is gone', { turns, replies });
  };
}

/** A few at a time, and how many of them were gone. */
async function countAdded<T>(all: readonly T[], ring: (one: T) => Promise<boolean>): Promise<number> {
  let added = 0;
  for (let start = 0; start < all.length; start += AT_A_TIME) {
    const results = await Promise.all(all.slice(start, start + AT_A_TIME).map(ring));
    added += results.filter(Boolean).length;
  }
  return added;
}
