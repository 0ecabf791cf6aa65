import { DelayJob, type Handler, type JobContext, type poll } from '@avito-autoreply/queue';
import { withLogContext } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import { createPollAccount, type PollDeps } from './poll-account.ts';

type PollJobDeps = PollDeps & { accountIds: readonly number[]; isEnabled: boolean };

const ACCOUNTS_AT_A_TIME = 4;
// After a crash the lease of the dead poll runs out within 20 s; who waits longer waits for a poll that is at work.
const WAIT_FOR_LEASE_MS = 30_000;

/** Catches up with all accounts. One that fails does not keep the others from their turn. */
export function createPoll({
  accountIds,
  isEnabled,
  ...deps
}: PollJobDeps): Handler<z.output<typeof poll.schema>> {
  const pollAccount = createPollAccount(deps);
  const { clock } = deps;
  const pollOne = (accountId: number, context: JobContext) =>
    withLogContext({ accountId }, () => pollAccount({ accountId, context }));

  return async (_payload, context) => {
    if (!isEnabled) return;
    const failures: unknown[] = [];
    const waits: number[] = [];
    const waiting = [...accountIds];
    const pollNext = async (): Promise<void> => {
      for (let accountId = waiting.shift(); accountId !== undefined; accountId = waiting.shift()) {
        try {
          const polled = await pollOne(accountId, context);
          if (polled.kind === 'busy') waits.push(polled.freeInMs);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: ACCOUNTS_AT_A_TIME }, pollNext));
    if (failures.length > 0) throw failures[0];
    const isYoung = clock.now() - context.enqueuedAt < WAIT_FOR_LEASE_MS;
    if (waits.length > 0 && isYoung) {
      throw new DelayJob({
        untilMs: clock.now() + Math.min(...waits) + 100,
        reason: 'another worker polls the account',
      });
    }
  };
}
