import { MAX_TEXT_CHARACTERS } from '@avito-autoreply/avito';
import type { ClaimedTurn, Message, NewReply, Repositories } from '@avito-autoreply/database';
import { type composeReply, DelayJob, type Handler, type Queues, sendReply } from '@avito-autoreply/queue';
import { type Answer, type AnswerEngine, splitIntoParts } from '@avito-autoreply/rag';
import type { Clock, Logger } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { ModelBudget } from '../budget/model-budget.ts';
import type { SettingsOf } from '../reply-settings.ts';
import type { TurnDecision } from '../take-in/policy/turn-policy.ts';
import { whileAtWork } from './at-work.ts';
import type { createItemContext, Listing } from './item-context.ts';
import { createPlanTurn } from './plan-turn.ts';
import type { ReadMedia, UnreadFile } from './read-media.ts';
import { questionOf, unreadOf } from './turn-question.ts';
import { withMediaCalls } from './with-media-calls.ts';
import type { ModelWatch } from './model-watch.ts';

type ComposeDeps = {
  repositories: Pick<Repositories, 'chats' | 'turns'>;
  engine: AnswerEngine;
  budget: Pick<ModelBudget, 'isSpent' | 'record'>;
  watchModels: ModelWatch;
  itemContext: ReturnType<typeof createItemContext>;
  readMedia: ReadMedia;
  queues: Pick<Queues, 'enqueue'>;
  settingsOf: SettingsOf;
  /** Shorter for tests. */
  sayEveryMs?: number;
  clock: Clock;
  logger: Logger;
};

// Several times within the time after which the sweep takes a turn from its composer.
const SAY_EVERY_MS = 30_000;

type Claimed = Extract<ClaimedTurn, { kind: 'claimed' }>;

type Answering = Extract<TurnDecision, { kind: 'compose' | 'text' }>;
type PreparedText = Extract<TurnDecision, { kind: 'text' }>;

const historyEntry = ({ authorKind, text }: Message) => ({
  author: authorKind === 'buyer' ? ('buyer' as const) : ('us' as const),
  text: text ?? '',
});

const idsOf = (messages: readonly Message[]) => messages.map(({ messageId }) => messageId);

const preparedReply = ({ messages }: Claimed, { text, reason }: PreparedText): NewReply => ({
  mode: 'static',
  action: 'answer',
  reason,
  question: questionOf(messages),
  text,
  sources: [],
  trace: {},
});

/**
 * One turn of a chat: claim all its unanswered messages, compose, store the text, ring for the send. A turn that was
 * superseded or taken over by a person on the way stores nothing.
 */
export function createComposeReply({
  repositories: { chats, turns },
  engine,
  budget,
  watchModels,
  itemContext,
  readMedia,
  queues,
  settingsOf,
  sayEveryMs: everyMs = SAY_EVERY_MS,
  clock,
  logger,
}: ComposeDeps): Handler<z.output<typeof composeReply.schema>> {
  const planTurn = createPlanTurn({ chats, itemContext, settingsOf, clock });

  const compose = async (
    { chat, messages, history }: Claimed,
    {
      listing,
      unread,
      calls,
      signal,
    }: {
      listing: Listing;
      unread: readonly UnreadFile[];
      /** Of models that heard and saw; they are counted already. */
      calls: Answer['usage']['calls'];
      signal: AbortSignal;
    },
  ): Promise<NewReply> => {
    const question = questionOf(messages);
    const { accountId } = chat;
    const { text, mode, sources, action, reason, usage, timings, trace } = await engine.generateAnswer({
      accountId,
      knowledgeAccountId: settingsOf(accountId).knowledgeAccountId,
      question,
      history: history.map(historyEntry),
      item: listing.item,
      withoutModel: (await budget.isSpent({ accountId })) ? 'budget-spent' : undefined,
      itemId: chat.itemId,
      unread: unreadOf(messages),
      signal,
    });
    // Also when the text is dropped afterwards: it was paid for.
    await budget.record({ accountId, usage });
    await watchModels({ accountId, trace });
    logger.info('composed', { mode, action, reason, messages: messages.length, timings });
    return {
      mode,
      action,
      reason: reason ?? null,
      question,
      text,
      sources,
      trace: {
        ...trace,
        ...(unread.length === 0 ? {} : { unread }),
        usage: withMediaCalls(usage, calls),
        timings,
      },
    };
  };

  return async ({ accountId, chatId, turn }, { signal }) => {
    const settings = settingsOf(accountId);
    const ring = (replyId: string) => queues.enqueue(sendReply, { accountId, chatId, replyId });
    const hold = async ({ messages }: Claimed, reason: string) => {
      const held = await turns.holdTurn({ accountId, chatId, turn, messageIds: idsOf(messages), reason });
      logger.info('the turn is held for the owner', { turn, reason, held });
    };
    const store = async (claim: Claimed, reply: NewReply, plan: Answering) => {
      const stored = await turns.storeReply({
        accountId,
        chatId,
        turn,
        messageIds: idsOf(claim.messages),
        reply,
        parts: splitIntoParts(reply.text, MAX_TEXT_CHARACTERS),
        isDraft: plan.isDraft,
        holdsBecause: plan.kind === 'text' && plan.holds ? plan.reason : undefined,
        maxWaitMs: settings.maxWaitMs,
      });
      if (stored.kind !== 'stored') logger.info('the text is dropped', { turn, because: stored.kind });
      else if (plan.isDraft) logger.info('a draft waits for the owner', { turn, replyId: stored.replyId });
      else await ring(stored.replyId);
    };
    const carryOut = async (claim: Claimed, plan: TurnDecision, listing: Listing) => {
      switch (plan.kind) {
        case 'compose': {
          const { messages, ...read } = await readMedia(claim.messages, signal);
          return store(claim, await compose({ ...claim, messages }, { listing, ...read, signal }), plan);
        }
        case 'text':
          return store(claim, preparedReply(claim, plan), plan);
        case 'hold':
          return hold(claim, plan.reason);
        case 'hand-off': {
          const { reason } = plan;
          const handedOver = await turns.handOffTurn({ accountId, chatId, turn, reason });
          if (handedOver) logger.warn('chat handed to a person', { reason });
        }
      }
    };
    const answer = async (claim: Claimed) => {
      const { decision: plan, listing } = await planTurn(claim, signal);
      try {
        await carryOut(claim, plan, listing);
      } finally {
        await listing.kept;
      }
    };
    const claim = await turns.claimTurn({ accountId, chatId, turn });
    switch (claim.kind) {
      case 'not-due':
        throw new DelayJob({ untilMs: clock.now() + claim.delayMs, reason: 'the buyer is still writing' });
      case 'gone':
        logger.debug('nothing to compose', { turn, reason: claim.reason });
        return;
      case 'stored':
        await ring(claim.replyId);
        return;
      case 'claimed': {
        const say = () => turns.keepTurn({ accountId, chatId, turn });
        await whileAtWork({ say, everyMs, logger }, () => answer(claim));
      }
    }
  };
}
