import { z } from 'zod';
import { defineJob, type JobRules } from './define-job.ts';

const HOUR_MS = 3_600_000;
const DAY_S = 86_400;

const accountId = z.number().int().positive();
const chatId = z.string().min(1);

// The database remembers what happened to chats; these are for the eyes of whoever opens Bull Board.
const keepForTheBoard = { age: DAY_S, count: 1_000 };
const keepFailures = { age: 14 * DAY_S, count: 10_000 };

/** For a bell that its schedule rings again: what one run left undone the next one does. */
const ofASchedule: JobRules = {
  retry: 'none',
  maxAgeMs: HOUR_MS,
  idIsFreeOnce: 'finished',
  keepCompleted: { count: 20 },
  keepFailed: { ...keepFailures, count: 100 },
};

/** One delivered webhook event, as received. */
export const takeInEvent = defineJob({
  queue: 'webhook-events',
  name: 'take-in-event',
  schema: z.object({
    eventKey: z.string().min(1),
    /** Milliseconds since the epoch, our clock. */
    receivedAt: z.number().int().nonnegative(),
    /** Whose webhook it came to, for events that do not tell; absent where that is not known, and in older jobs. */
    accountId: accountId.optional(),
    body: z.unknown(),
  }),
  jobId: ({ eventKey }) => eventKey,
  rules: {
    retry: 'hours',
    maxAgeMs: 24 * HOUR_MS,
    idIsFreeOnce: 'failed',
    // The window in which a redelivery is recognised without the database. About 1.5 kB each: 30 MB at the most.
    keepCompleted: { age: DAY_S, count: 20_000 },
    keepFailed: keepFailures,
  },
});

/** Rings for one turn of a chat. A pointer, not a message: the turn is whatever is unanswered when it runs. */
export const composeReply = defineJob({
  queue: 'replies',
  name: 'compose-reply',
  schema: z.object({ accountId, chatId, turn: z.number().int().positive() }),
  jobId: (payload) => `c-${payload.accountId}-${payload.chatId}-${payload.turn}`,
  rules: {
    retry: 'minutes',
    maxAgeMs: HOUR_MS,
    idIsFreeOnce: 'finished',
    keepCompleted: keepForTheBoard,
    keepFailed: keepFailures,
  },
});

/** Rings for the parts of a stored reply that are not sent yet. */
export const sendReply = defineJob({
  queue: 'sends',
  name: 'send-reply',
  schema: z.object({ accountId, chatId, replyId: z.string().min(1) }),
  jobId: ({ replyId }) => `s-${replyId}`,
  rules: {
    retry: 'patient',
    maxAgeMs: HOUR_MS,
    idIsFreeOnce: 'finished',
    keepCompleted: keepForTheBoard,
    keepFailed: keepFailures,
  },
});

/** Reads again the sources of knowledge whose time has come; which ones they are, the database knows. */
export const refreshKnowledge = defineJob({
  queue: 'knowledge',
  name: 'refresh-knowledge',
  schema: z.object({}),
  jobId: () => 'refresh-knowledge',
  rules: ofASchedule,
});

/** Fills the embedding spaces that somebody asked for; which ones they are, the database knows. */
export const rebuildSpaces = defineJob({
  // Not with the sources: it may take an hour, and price lists are read again meanwhile.
  queue: 'maintenance',
  name: 'rebuild-spaces',
  schema: z.object({}),
  jobId: () => 'rebuild-spaces',
  rules: ofASchedule,
});

/** Looks for work whose job is gone and rings for it again. */
export const sweep = defineJob({
  queue: 'maintenance',
  name: 'sweep',
  schema: z.object({}),
  jobId: () => 'sweep',
  rules: ofASchedule,
});

/** Looks whether an account's messages reach us and its answers may leave; without an account, rings for all of them. */
export const checkAccess = defineJob({
  queue: 'maintenance',
  name: 'check-access',
  schema: z.object({
    accountId: accountId.optional(),
    /**
     * Of the looks that follow one another by themselves: how often it was looked again because something was wrong.
     * Absent for a look that somebody asks for, which must not share its id with one that waits.
     */
    round: z.number().int().nonnegative().optional(),
  }),
  jobId: (payload) =>
    payload.accountId === undefined ? 'check-access' : `a-${payload.accountId}-${payload.round ?? 'now'}`,
  rules: {
    retry: 'day',
    maxAgeMs: 24 * HOUR_MS,
    idIsFreeOnce: 'finished',
    keepCompleted: keepForTheBoard,
    keepFailed: { age: 14 * DAY_S, count: 1_000 },
  },
});

/** Reads at Avito what no webhook brought, for all accounts. */
export const poll = defineJob({
  queue: 'maintenance',
  name: 'poll',
  schema: z.object({}),
  jobId: () => 'poll',
  rules: ofASchedule,
});

/** Deletes what is older than it is kept. */
export const purge = defineJob({
  queue: 'maintenance',
  name: 'purge',
  schema: z.object({}),
  jobId: () => 'purge',
  rules: { ...ofASchedule, retry: 'minutes' },
});

/** The catalogue: whoever starts processors hands in one handler per entry. */
export const jobs = {
  takeInEvent,
  composeReply,
  sendReply,
  sweep,
  checkAccess,
  poll,
  purge,
  refreshKnowledge,
  rebuildSpaces,
};
export type Jobs = typeof jobs;
