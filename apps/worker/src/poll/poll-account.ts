import { type AvitoClient, AvitoError } from '@avito-autoreply/avito';
import type { PollLease, Repositories } from '@avito-autoreply/database';
import type { JobContext, Queues } from '@avito-autoreply/queue';
import { type Clock, errorCode, type Logger, type Sleep } from '@avito-autoreply/runtime';
import { createChangedChats } from './changed-chats.ts';
import { createReadChat, type TakeIn } from './read-chat.ts';

export type PollDeps = {
  repositories: Pick<Repositories, 'polls' | 'chats'>;
  clientOf: (accountId: number) => Pick<AvitoClient, 'eachChat' | 'eachMessage'>;
  takeIn: TakeIn;
  queues: Pick<Queues, 'enqueue'>;
  /** Aborted when the process begins to shut down: a poll is given up at once, because the next one begins where it did. */
  stopping: AbortSignal;
  clock: Clock;
  sleep: Sleep;
  logger: Logger;
};

export type Polled =
  | { kind: 'done'; chats: number; messages: number }
  /** Avito refused or could not be reached, or another worker has taken over: the next poll begins where this one did. */
  | { kind: 'unfinished' }
  | { kind: 'busy'; freeInMs: number };

// Longer than the longest single step, which is a request of 10 s and what the rate gate may hold it back.
const LEASE_MS = 20_000;
const EXTEND_AFTER_MS = 5_000;
/**
 * Read again with every poll, for what Avito shows late and for clocks that differ. Costs no call: a chat whose last
 * message is known to the end is not read.
 */
const OVERLAP_MS = 600_000;
// Buyers' answers go over the same limits: at most four chats a second are read.
const PACE_MS = 250;

// So many chats in a row that cannot be read are no chance any more: Avito is away.
const GIVE_UP_AFTER = 5;

const floorToSecond = (ms: number): number => Math.floor(ms / 1_000) * 1_000;

/** Reads what is new in an account since the last complete poll, and only then moves the watermark. */
export function createPollAccount({
  repositories: { polls, chats },
  clientOf,
  takeIn,
  queues,
  stopping,
  clock,
  sleep,
  logger,
}: PollDeps) {
  /**
   * When a chat could not be read, by its id. Such chats are tried last, those first whose turn was longest ago: as many
   * as a poll gives up after would else keep all others from being read, for as long as they stay so.
   */
  const failedAt = new Map<string, number>();

  /** Renews the lease now and then; throws when it is lost. */
  const leaseKeeper = (lease: PollLease) => {
    let extendedAt = clock.now();
    return async (): Promise<void> => {
      if (clock.now() - extendedAt < EXTEND_AFTER_MS) return;
      if (!(await polls.extendPoll({ ...lease, leaseMs: LEASE_MS }))) throw new LeaseLost();
      extendedAt = clock.now();
    };
  };

  const readAll = async ({ accountId, cutoff, lease, context }: ReadAll) => {
    const avito = clientOf(accountId);
    const keepLease = leaseKeeper(lease);
    const changedChats = createChangedChats({ avito, polls, logger });
    const readChat = createReadChat({ avito, polls, chats, takeIn, queues, clock, logger });
    const changed = await changedChats({
      accountId,
      cutoff,
      signal: context.signal,
      onProgress: keepLease,
    });
    const inOrder = changed.toSorted((a, b) => (failedAt.get(a.id) ?? 0) - (failedAt.get(b.id) ?? 0));
    let messages = 0;
    let failure: AvitoError | undefined;
    let failedInARow = 0;
    for (const [index, chat] of inOrder.entries()) {
      if (index > 0) await sleep(PACE_MS, { signal: context.signal });
      await keepLease();
      try {
        messages += await readChat({ accountId, chat, cutoff, context });
        failedInARow = 0;
        failedAt.delete(chat.id);
      } catch (error) {
        if (!(error instanceof AvitoError) || context.signal.aborted) throw error;
        // The others must not wait for this one: an operator may have written there.
        failure = error;
        failedInARow += 1;
        failedAt.set(chat.id, clock.now());
        if (failedInARow === GIVE_UP_AFTER) break;
      }
    }
    if (failure) throw failure;
    return { chats: changed.length, messages };
  };

  return async ({ accountId, context: job }: { accountId: number; context: JobContext }): Promise<Polled> => {
    const context = { ...job, signal: AbortSignal.any([job.signal, stopping]) };
    const begun = await polls.beginPoll({ accountId, leaseMs: LEASE_MS });
    if (begun.kind === 'busy') return begun;
    const { lease, since, watermark, startedAt } = begun;
    const cutoff = floorToSecond(Math.max(since.getTime(), watermark.getTime() - OVERLAP_MS));
    try {
      const read = await readAll({ accountId, cutoff, lease, context });
      await polls.endPoll({ ...lease, watermark: startedAt });
      if (read.messages > 0) logger.info('caught up with what no webhook had brought', read);
      return { kind: 'done', ...read };
    } catch (error) {
      if (error instanceof LeaseLost) return { kind: 'unfinished' };
      await polls.endPoll({ ...lease, problem: errorCode(error) });
      if (stopping.aborted) return { kind: 'unfinished' };
      if (!(error instanceof AvitoError)) throw error;
      logger.warn('the poll was not finished: the next one begins where it did', {
        code: error.code,
        error,
      });
      return { kind: 'unfinished' };
    }
  };
}

type ReadAll = { accountId: number; cutoff: number; lease: PollLease; context: JobContext };

/** Internal: never leaves this file. */
class LeaseLost extends Error {}
