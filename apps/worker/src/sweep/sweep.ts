import type { Repositories } from '@avito-autoreply/database';
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
 * Longer than any composition or send that is still at work: two model calls of 30 s, and the retries of a send wait
 * a minute at the most. A turn that is taken too early costs a model call; it can never cost a second answer.
 */
const OVERDUE_MS = 120_000;

/** Rings again for work whose job is gone: Postgres remembers it even when the queue was flushed. */
export function createSweep({
  repositories,
  queues,
  accountIds,
  returnToAuto,
  logger,
}: SweepDeps): Handler<z.output<typeof sweep.schema>> {
  return async () => {
    await returnToAuto.ofAccounts(accountIds);
    const overdueTurns = await repositories.sweep.overdueTurns({ accountIds, olderThanMs: OVERDUE_MS });
    for (const chat of overdueTurns) {
      const turn = await repositories.turns.reopenTurn({ ...chat, olderThanMs: OVERDUE_MS });
      if (turn !== undefined) await queues.enqueue(composeReply, { ...chat, turn });
    }
    const overdueReplies = await repositories.sweep.overdueReplies({ accountIds, olderThanMs: OVERDUE_MS });
    for (const reply of overdueReplies) await queues.enqueue(sendReply, reply);
    if (overdueTurns.length + overdueReplies.length > 0) {
      logger.warn('rang again for work whose job is gone', {
        turns: overdueTurns.length,
        replies: overdueReplies.length,
      });
    }
  };
}
