import type { AvitoClient, SendOutcome } from '@avito-autoreply/avito';
import { createPool, createRepositories, type Repositories } from '@avito-autoreply/database';
import { DelayJob, type JobContext } from '@avito-autoreply/queue';
import { silentLogger } from '@avito-autoreply/runtime';
import { inject, onTestFinished } from 'vitest';
import type { ModelBudget } from '../budget/model-budget.ts';
import type { ReplySettings, SettingsOf } from '../reply-settings.ts';

/** The settings of every account, with what is given changed. */
export const settingsWith =
  (change: Partial<ReplySettings> = {}): SettingsOf =>
  (accountId) => ({
    isEnabled: true,
    quietMs: 0,
    maxWaitMs: 30_000,
    maxAgeMs: 3_600_000,
    knowledgeAccountId: accountId,
    modelMonthlyBudget: undefined,
    ...change,
  });

export const jobContext: JobContext = {
  jobId: 'job',
  attempt: 1,
  maxAttempts: 5,
  isLastAttempt: false,
  enqueuedAt: 0,
  signal: new AbortController().signal,
};

let nextAccountId = Date.now() % 1_000_000_000;

/** Repositories on the database of the test run, and an account that no other test has. */
export function setUpAccount(): { repositories: Repositories; accountId: number; chatId: string } {
  const pool = createPool({ url: inject('databaseUrl'), max: 3, logger: silentLogger });
  onTestFinished(() => pool.end());
  nextAccountId += 1;
  return {
    repositories: createRepositories(pool),
    accountId: nextAccountId * 1_000 + (process.pid % 1_000),
    chatId: `u2i-${crypto.randomUUID()}~x`,
  };
}

type Rung = { name: string; payload: unknown; delayMs: number };

/** A queue that only remembers what was rung. */
export function createBell() {
  const rung: Rung[] = [];
  return {
    rung,
    enqueue: async (
      definition: { name: string },
      payload: unknown,
      { delayMs = 0 }: { delayMs?: number } = {},
    ) => {
      rung.push({ name: definition.name, payload, delayMs });
      return { jobId: `${definition.name}-${rung.length}`, outcome: 'added' as const };
    },
  };
}

type Outcomes = (SendOutcome | (() => Promise<SendOutcome>))[];

/** An Avito that answers sends as it is told, then with success. */
export function createFakeAvito(outcomes: Outcomes = []) {
  const posts: string[] = [];
  const client: Pick<AvitoClient, 'sendText'> = {
    sendText: async ({ text }) => {
      posts.push(text);
      const next = outcomes.shift();
      if (typeof next === 'function') return next();
      return next ?? { outcome: 'sent', messageId: crypto.randomUUID(), createdAt: new Date() };
    },
  };
  return { posts, clientOf: () => client };
}

/** Runs a handler and tells until when it put its job back; undefined when it did not. */
export async function putBackUntil(run: Promise<void>): Promise<number | undefined> {
  try {
    await run;
    return undefined;
  } catch (error) {
    if (error instanceof DelayJob) return error.untilMs;
    throw error;
  }
}

/** A budget that is never spent and counts nothing. */
export const noBudget: ModelBudget = { isSpent: async () => false, record: async () => undefined };
