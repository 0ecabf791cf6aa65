import type { Answer, AnswerEngine } from '@avito-autoreply/rag';
import { silentLogger, systemClock } from '@avito-autoreply/runtime';
import type { ReadMedia } from '../compose/read-media.ts';
import { createComposeReply } from '../compose/compose-reply.ts';
import { buyerQuestion } from './buyer-question.ts';
import { createBell, jobContext, noMedia, policy, setUpAccount, settingsWith } from './set-up.ts';

export const plainAnswer: Answer = {
  text: 'Да, продаём.',
  mode: 'extractive',
  action: 'answer',
  sources: [],
  usage: { inputTokens: 0, outputTokens: 0, embeddingTokens: 0, calls: [], cost: 0 },
  timings: { approved: 0, rewrite: 0, retrieve: 0, generate: 0, gate: 0, total: 0 },
  trace: { settingsVersion: null, promptVersion: 'p1', words: [], candidates: [], attempts: [] },
};

type Asked = Parameters<AnswerEngine['generateAnswer']>[0];

/** The use case on the database of the test run, with an engine that answers as it is told. */
export function setUpCompose({
  isEnabled = true,
  answer = async () => plainAnswer,
  ownPolicy = {},
  listingStatus = null,
  isSpent = false,
  readMedia = noMedia,
  sayEveryMs = 30_000,
}: {
  isEnabled?: boolean;
  answer?: (asked: Asked) => Promise<Answer>;
  ownPolicy?: Partial<typeof policy>;
  listingStatus?: number | null;
  /** The month's money for models. */
  isSpent?: boolean;
  readMedia?: ReadMedia;
  sayEveryMs?: number;
} = {}) {
  const { repositories, accountId, chatId } = setUpAccount();
  const asked: Asked[] = [];
  const recorded: unknown[] = [];
  const bell = createBell();
  const compose = createComposeReply({
    repositories,
    engine: {
      generateAnswer: async (input) => {
        asked.push(input);
        return answer(input);
      },
    },
    itemContext: async () => ({
      item: { title: 'iPhone 13', price: '42 990 ₽' },
      status: listingStatus,
      kept: Promise.resolve(),
    }),
    budget: {
      isSpent: async () => isSpent,
      record: async (usage) => {
        recorded.push(usage);
      },
    },
    watchModels: async () => undefined,
    readMedia,
    queues: bell,
    sayEveryMs,
    settingsOf: settingsWith({ isEnabled, policy: { ...policy, ...ownPolicy } }),
    clock: systemClock,
    logger: silentLogger,
  });
  let count = 0;
  const write = (
    text: string | null,
    {
      quietMs = 0,
      reason = 'buyer-message',
      createdAt = new Date(1_795_333_200_000 + (count + 1) * 1_000),
    } = {},
  ) =>
    repositories.turns.takeInMessage(
      buyerQuestion(
        { accountId, chatId },
        {
          messageId: `m${(count += 1)}`,
          type: text === null ? 'image' : 'text',
          text,
          createdAt,
          reason,
          quietMs,
          maxWaitMs: 30_000,
        },
      ),
    );
  const run = (turn: number) => compose({ accountId, chatId, turn }, jobContext);
  const replyOf = async () => {
    const [ring] = bell.rung;
    const replyId = (ring?.payload as { replyId: string } | undefined)?.replyId ?? '';
    return repositories.sends.findReply({ replyId });
  };
  return { repositories, accountId, chatId, asked, recorded, bell, write, run, replyOf };
}
