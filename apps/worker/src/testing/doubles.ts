import { policySettings } from '@avito-autoreply/config';
import {
  AvitoConnectionError,
  type AvitoError,
  type Message,
  type SendOutcome,
} from '@avito-autoreply/avito';
import { DelayJob, type JobContext } from '@avito-autoreply/queue';
import type { SendingClient } from '../send/send-reply.ts';
import type { ModelBudget } from '../budget/model-budget.ts';
import type { ReadMedia } from '../compose/read-media.ts';
import type { ReplySettings, SettingsOf } from '../reply-settings.ts';

export const policy = policySettings({});

/** The settings of every account, with what is given changed. */
export const settingsWith =
  (change: Partial<ReplySettings> = {}): SettingsOf =>
  (accountId) => ({
    isEnabled: true,
    quietMs: 0,
    maxWaitMs: 30_000,
    maxAgeMs: 3_600_000,
    policy,
    retentionDays: undefined,
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
  forget: () => {},
  signal: new AbortController().signal,
};

const tooLate = new AvitoConnectionError('POST messages: not made', {
  code: 'avito.too-late',
  requestMayHaveArrived: false,
  mayHaveTakenEffect: false,
});

type Rung = { name: string; payload: unknown; delayMs: number };

/** A queue that only remembers what was rung. `holds` says of which jobs the id is taken. */
export function createBell({ holds = (_payload: unknown): boolean => false } = {}) {
  const rung: Rung[] = [];
  return {
    rung,
    enqueue: async (
      definition: { name: string },
      payload: unknown,
      { delayMs = 0 }: { delayMs?: number } = {},
    ) => {
      if (holds(payload)) return { jobId: 'taken', outcome: 'duplicate' as const };
      rung.push({ name: definition.name, payload, delayMs });
      return { jobId: `${definition.name}-${rung.length}`, outcome: 'added' as const };
    },
  };
}

/** A message of the account, as Avito's history shows it. */
export function ownMessage(text: string, { id = crypto.randomUUID() }: { id?: string } = {}): Message {
  const createdAt = new Date(Math.floor(Date.now() / 1_000) * 1_000);
  return {
    id,
    authorId: null,
    createdAt,
    direction: 'out',
    type: 'text',
    text,
    content: { text },
    isRead: null,
    readAt: null,
    quote: null,
  };
}

/** An Avito that answers sends as it is told, then with success. What it shows in its history is up to the test. */
export function createFakeAvito(outcomes: SendOutcome[] = []) {
  const posts: string[] = [];
  const history: Message[] = [];
  const deleted: string[] = [];
  /** `gap`: of an entry that makes no sense, which the client leaves out unless all must be there. */
  const refusals: { history?: AvitoError; gap?: AvitoError; deletion?: AvitoError } = {};
  let reads = 0;
  const client: SendingClient = {
    sendText: async ({ text, mayLeave }) => {
      if (mayLeave?.() === false) return { outcome: 'not-sent', error: tooLate };
      posts.push(text);
      return outcomes.shift() ?? { outcome: 'sent', messageId: crypto.randomUUID(), createdAt: new Date() };
    },
    eachMessage: async function* ({ mustBeWhole = false }) {
      reads += 1;
      if (refusals.history) throw refusals.history;
      if (mustBeWhole && refusals.gap) throw refusals.gap;
      yield* history.toReversed();
    },
    deleteMessage: async ({ messageId }) => {
      if (refusals.deletion) throw refusals.deletion;
      deleted.push(messageId);
    },
  };
  return { posts, history, deleted, refusals, reads: () => reads, clientOf: () => client };
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
export const noBudget: Pick<ModelBudget, 'isSpent' | 'record'> = {
  isSpent: async () => false,
  record: async () => undefined,
};

/** No model reads voice messages and images. */
export const noMedia: ReadMedia = async (messages) => ({ messages: [...messages], unread: [], calls: [] });
