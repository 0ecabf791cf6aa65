import { type AvitoClient, AvitoError, type Chat } from '@avito-autoreply/avito';
import type { PollLease, Repositories, UnreadChat } from '@avito-autoreply/database';
import type { JobContext, Queues } from '@avito-autoreply/queue';
import { type Clock, errorCode, type Logger, type Sleep } from '@avito-autoreply/runtime';
import { createChangedChats } from './changed-chats.ts';
import { createReadChat, isNotFound, type TakeIn } from './read-chat.ts';
import { readInTurn } from './read-in-turn.ts';
import type { UnreadAlert } from './unread-alert.ts';

export type PollDeps = {
  repositories: Pick<Repositories, 'polls' | 'chats'>;
  clientOf: (accountId: number) => Pick<AvitoClient, 'eachChat' | 'eachMessage' | 'getChat'>;
  takeIn: TakeIn;
  queues: Pick<Queues, 'enqueue'>;
  unreadAlert: UnreadAlert;
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

/**
 * So many chats of an account that cannot be read are remembered one by one. With more of them it is not the chats, and
 * the watermark waits: it remembers any number.
 */
const UNREAD_AT_MOST = 200;

const floorToSecond = (ms: number): number => Math.floor(ms / 1_000) * 1_000;

/** Reads what is new in an account since the last complete poll, and only then moves the watermark. */
export function createPollAccount({
  repositories: { polls, chats },
  clientOf,
  takeIn,
  queues,
  unreadAlert,
  stopping,
  clock,
  sleep,
  logger,
}: PollDeps) {
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
    const { signal } = context;
    const changed = await changedChats({ accountId, cutoff, signal, onProgress: keepLease });
    const listed = new Map(changed.map((chat) => [chat.id, chat]));
    const remembered = await polls.unreadChats({ accountId });
    const isRemembered = new Set(remembered.map(({ chatId }) => chatId));

    let isFirst = true;
    const pause = async (): Promise<void> => {
      if (!isFirst) await sleep(PACE_MS, { signal });
      isFirst = false;
      await keepLease();
    };
    /** Null when it is gone, and with it whatever could have been found in it. */
    const chatAgain = async (chatId: string): Promise<Chat | null> => {
      try {
        return listed.get(chatId) ?? (await avito.getChat({ userId: accountId, chatId, signal }));
      } catch (error) {
        if (!isNotFound(error)) throw error;
        logger.warn('a chat that could not be read is gone', { chatId });
        return null;
      }
    };
    const note = (unread: Pick<UnreadChat, 'chatId' | 'since'>, error: AvitoError) => {
      const touchedAt = listed.get(unread.chatId)?.updatedAt ?? null;
      return polls.noteUnread({
        ...unread,
        accountId,
        touchedAt,
        problem: errorCode(error),
        atMost: UNREAD_AT_MOST,
      });
    };

    let failure: AvitoError | undefined;
    const first = await readInTurn({
      entries: changed.filter(({ id }) => !isRemembered.has(id)),
      read: async (chat) => {
        await pause();
        return readChat({ accountId, chat, cutoff, context });
      },
      failed: async ({ id }, error) => {
        logger.warn('a chat cannot be read: it is remembered, and tried again', { chatId: id, error });
        if (!(await note({ chatId: id, since: new Date(cutoff) }, error))) failure = error;
      },
      signal,
    });
    // Last, those first that were tried longest ago: as many as a poll gives up after would keep all others waiting.
    const again = first.gaveUp
      ? undefined
      : await readInTurn({
          entries: remembered,
          read: async ({ chatId, since }) => {
            await pause();
            const chat = await chatAgain(chatId);
            const messages = chat
              ? await readChat({ accountId, chat, cutoff: Math.min(cutoff, since.getTime()), context })
              : 0;
            await polls.forgetUnread({ accountId, chatId });
            return messages;
          },
          failed: async (unread, error) => void (await note(unread, error)),
          signal,
        });
    await unreadAlert({ accountId, unread: await polls.unreadChats({ accountId }) });
    failure ??= first.gaveUp;
    if (failure) throw failure;
    return { chats: changed.length, messages: first.messages + (again?.messages ?? 0) };
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
