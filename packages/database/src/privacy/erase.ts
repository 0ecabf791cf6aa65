import { AppError, type Clock, type Logger, type Sleep } from '@avito-autoreply/runtime';
import type { Counts } from './erase-chat.ts';
import { type ErasedIds, type ErasureSubject, namesErased } from './erasure-subject.ts';
import type { ErasedFigures, ErasureReceipt, ErasuresRepository } from './erasures.repository.ts';

/** What an erasure needs of the queues. */
export type JobEraser = {
  /** Throws while the queues do not answer. */
  ping: () => Promise<void>;
  /** Removes jobs whose payload fits, waiting a while for those at work; `atWork` is what could not be removed. */
  removeJobs: (options: {
    matches: (payload: unknown) => boolean;
    enqueuedBefore: number;
    isDryRun: boolean;
  }) => Promise<{ removed: Counts; atWork: number }>;
};

type EraseDeps = {
  erasures: ErasuresRepository;
  queues: JobEraser;
  clock: Clock;
  sleep: Sleep;
  logger: Logger;
};

export type Erasure = Omit<ErasureReceipt, 'erasureId' | 'erasedAt'> & {
  /** Null for a dry run: nothing was erased. */
  erasureId: string | null;
  erasedAt: Date | null;
};

// A POST ends within 10 s, or its process is gone.
const SENDING_ENDS_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 200;

/**
 * Erases a chat, or a buyer with all of his chats: rows, what is derived of them, and jobs; the receipt says how much.
 * First the chat is quieted and a text that is just leaving is waited for, so that its echo is known and refused.
 * Then the rows go and a mark of hashes comes, at once; jobs go after that. Safe to repeat. Throws what `ping` throws, with
 * nothing changed: without the rows nobody would know any more which chats' jobs are the buyer's.
 */
export function createErase({ erasures, queues, clock, sleep, logger }: EraseDeps) {
  const settleSends = async (accountId: number, chatIds: readonly string[]): Promise<number> => {
    const deadline = clock.now() + SENDING_ENDS_WITHIN_MS;
    for (;;) {
      const sending = await erasures.countSending({ accountId, chatIds });
      if (sending === 0 || clock.now() >= deadline) return sending;
      await sleep(LOOK_EVERY_MS);
    }
  };

  const eraseChats = async (accountId: number, chatIds: readonly string[]): Promise<Counts[]> => {
    const counts: Counts[] = [];
    for (const chatId of chatIds) counts.push(await erasures.eraseChat({ accountId, chatId }));
    return counts;
  };

  return async ({
    isDryRun = false,
    ...subject
  }: ErasureSubject & { isDryRun?: boolean }): Promise<Erasure> => {
    const { accountId } = subject;
    if ('authorId' in subject && subject.authorId === accountId) {
      throw new AppError('this author is the account itself: name the buyer, or a chat', {
        code: 'erasure.own-account',
      });
    }
    const kind = 'chatId' in subject ? 'chat' : 'author';
    const id = 'chatId' in subject ? subject.chatId : String(subject.authorId);
    const find = async () => ('chatId' in subject ? [subject.chatId] : erasures.chatsOf(subject));
    const idsOf = (chatIds: readonly string[]): ErasedIds => ({
      chatIds,
      ...('authorId' in subject ? { authorId: subject.authorId } : {}),
    });
    const subjectHash = await erasures.hashOf({ accountId, kind, id });
    const chatIds = await find();
    const whose = { accountId, subject: kind, subjectHash } as const;

    if (isDryRun) {
      const ids = idsOf(chatIds);
      const counts = await Promise.all(chatIds.map((chatId) => erasures.countChat({ accountId, chatId })));
      const mentions = await erasures.eraseMentions({ accountId, ids, isDryRun });
      const { removed, atWork } = await queues.removeJobs({
        matches: (payload) => namesErased(payload, ids),
        enqueuedBefore: clock.now(),
        isDryRun,
      });
      const erased = figures([...counts, mentions], { removed, atWork, interruptedSends: 0 });
      return { ...whose, erasureId: null, erasedAt: null, erased };
    }

    await queues.ping();
    for (const chatId of chatIds) await erasures.quietChat({ accountId, chatId });
    const interruptedSends = await settleSends(accountId, chatIds);
    // Jobs from before this moment hold what is erased; a later one may ring for something new.
    const enqueuedBefore = clock.now();
    if ('authorId' in subject) await erasures.markAuthor(subject);
    const counts = await eraseChats(accountId, chatIds);
    // A chat whose first message was being taken in when the author was marked.
    const late = (await find()).filter((chatId) => !chatIds.includes(chatId));
    counts.push(...(await eraseChats(accountId, late)));
    const ids = idsOf([...chatIds, ...late]);
    const { removed, atWork } = await queues.removeJobs({
      matches: (payload) => namesErased(payload, ids),
      enqueuedBefore,
      isDryRun,
    });
    // Last: an event that was being taken in is kept by now.
    counts.push(await erasures.eraseMentions({ accountId, ids, isDryRun }));
    const receipt = await erasures.keepReceipt({
      ...whose,
      erased: figures(counts, { removed, atWork, interruptedSends }),
    });
    logger.info('erased', { accountId, erasureId: receipt.erasureId, subject: kind });
    return receipt;
  };
}

export type Erase = ReturnType<typeof createErase>;

function figures(
  counts: readonly Counts[],
  { removed, atWork, interruptedSends }: { removed: Counts; atWork: number; interruptedSends: number },
): ErasedFigures {
  const tables: Counts = {};
  for (const [table, count] of counts.flatMap((each) => Object.entries(each))) {
    tables[table] = (tables[table] ?? 0) + count;
  }
  return { tables, jobs: removed, jobsAtWork: atWork, interruptedSends };
}
