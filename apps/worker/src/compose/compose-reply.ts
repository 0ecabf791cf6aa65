import type { ClaimedTurn, Message, NewReply, Repositories } from '@avito-autoreply/database';
import { type composeReply, DelayJob, type Handler, type Queues, sendReply } from '@avito-autoreply/queue';
import { type AnswerEngine, splitIntoParts } from '@avito-autoreply/rag';
import type { Clock, Logger } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { ModelBudget } from '../budget/model-budget.ts';
import type { SettingsOf } from '../reply-settings.ts';
import type { createItemContext } from './item-context.ts';
import { questionOf } from './turn-question.ts';

type ComposeDeps = {
  repositories: Pick<Repositories, 'chats' | 'turns'>;
  engine: AnswerEngine;
  budget: ModelBudget;
  itemContext: ReturnType<typeof createItemContext>;
  queues: Pick<Queues, 'enqueue'>;
  settingsOf: SettingsOf;
  clock: Clock;
  logger: Logger;
};

type Claimed = Extract<ClaimedTurn, { kind: 'claimed' }>;

// Avito's bound for one message.
const PART_CHARACTERS = 1_000;

const historyEntry = ({ authorKind, text }: Message) => ({
  author: authorKind === 'buyer' ? ('buyer' as const) : ('us' as const),
  text: text ?? '',
});

/**
 * One turn of a chat: claim all its unanswered messages, compose, store the text, ring for the send. A turn that was
 * superseded or taken over by a person on the way stores nothing.
 */
export function createComposeReply({
  repositories: { chats, turns },
  engine,
  budget,
  itemContext,
  queues,
  settingsOf,
  clock,
  logger,
}: ComposeDeps): Handler<z.output<typeof composeReply.schema>> {
  const compose = async ({ chat, messages, history }: Claimed, signal: AbortSignal): Promise<NewReply> => {
    const question = questionOf(messages);
    const { accountId } = chat;
    const { text, mode, sources, action, reason, usage, timings, trace } = await engine.generateAnswer({
      accountId,
      knowledgeAccountId: settingsOf(accountId).knowledgeAccountId,
      question,
      history: history.map(historyEntry),
      item: await itemContext({ chat, signal }),
      isBudgetSpent: await budget.isSpent({ accountId }),
      signal,
    });
    // Also when the text is dropped afterwards: it was paid for.
    await budget.record({ accountId, usage });
    logger.info('composed', { mode, action, reason, messages: messages.length, timings });
    return {
      mode,
      action,
      reason: reason ?? null,
      question,
      text,
      sources,
      trace: { ...trace, usage, timings },
    };
  };

  return async ({ accountId, chatId, turn }, { signal }) => {
    const settings = settingsOf(accountId);
    if (!settings.isEnabled) {
      await chats.handOff({ accountId, chatId, reason: 'auto-reply-disabled' });
      return;
    }
    const ring = (replyId: string) => queues.enqueue(sendReply, { accountId, chatId, replyId });
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
        const reply = await compose(claim, signal);
        const stored = await turns.storeReply({
          accountId,
          chatId,
          turn,
          messageIds: claim.messages.map((message) => message.messageId),
          reply,
          parts: splitIntoParts(reply.text, PART_CHARACTERS),
          maxWaitMs: settings.maxWaitMs,
        });
        if (stored.kind === 'stored') await ring(stored.replyId);
        else logger.info('the text is dropped', { turn, because: stored.kind });
      }
    }
  };
}
