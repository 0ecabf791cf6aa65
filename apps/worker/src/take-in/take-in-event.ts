import { classifyAuthor, parseWebhookEvent, type WebhookMessage } from '@avito-autoreply/avito/webhook';
import type { NewMessage, Repositories, TakenIn, WorkBound } from '@avito-autoreply/database';
import {
  composeReply,
  type Handler,
  type JobContext,
  type Queues,
  sendReply,
  type takeInEvent,
} from '@avito-autoreply/queue';
import { type Clock, type Logger, withLogContext } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { SettingsOf } from '../reply-settings.ts';
import { decideInbound, replyModeOf } from './policy/inbound-policy.ts';
import type { createReturnToAuto } from './return-to-auto.ts';
import { createTakeInOutgoing } from './take-in-outgoing.ts';

type TakeInDeps = {
  repositories: Pick<Repositories, 'chats' | 'turns' | 'sends' | 'events'>;
  queues: Pick<Queues, 'enqueue'>;
  isOurAccount: (accountId: number) => boolean;
  settingsOf: SettingsOf;
  switchedOnAt: (accountId: number) => Promise<Date>;
  returnToAuto: ReturnType<typeof createReturnToAuto>;
  /** How much may wait for the model, and what a message gets that finds no room. */
  bound: WorkBound;
  clock: Clock;
  logger: Logger;
};

/**
 * A delivered event becomes rows: a message with its decision, a send confirmed by its echo, or an event that is kept
 * because we do not understand it. Safe to run twice: rows are unique, and the bell of a turn has one id.
 */
export function createTakeInEvent({
  repositories: { chats, turns, sends, events },
  queues,
  isOurAccount,
  settingsOf,
  switchedOnAt,
  returnToAuto,
  bound,
  clock,
  logger,
}: TakeInDeps): Handler<z.output<typeof takeInEvent.schema>> {
  const store = (
    event: WebhookMessage,
    facts: Pick<NewMessage, 'direction' | 'authorKind' | 'decision' | 'reason' | 'bound'>,
  ): Promise<TakenIn> => {
    const { quietMs, maxWaitMs } = settingsOf(event.accountId);
    return turns.takeInMessage({
      accountId: event.accountId,
      chatId: event.chatId,
      messageId: event.messageId,
      authorId: event.authorId,
      type: event.type,
      text: event.text,
      content: event.content,
      itemId: event.itemId,
      chatType: event.chatType,
      createdAt: event.createdAt,
      quietMs,
      maxWaitMs,
      ...facts,
    });
  };

  const forgetErased = ({ forget }: Pick<JobContext, 'forget'>): void => {
    forget();
    logger.info('message refused: it was erased');
  };

  const takeInOutgoing = createTakeInOutgoing({ turns, sends, settingsOf, logger });

  const takeInInbound = async (
    event: WebhookMessage,
    author: 'buyer' | 'avito',
    context: JobContext,
  ): Promise<void> => {
    const { accountId, chatId } = event;
    const known = await chats.findChat(event);
    const chat = known && (await returnToAuto.ofChat(known)) ? await chats.findChat(event) : known;
    const { policy, maxAgeMs, isEnabled } = settingsOf(accountId);
    // While an account is off, its first switch-on is still to come.
    const replyMode = replyModeOf({ chatReplyMode: chat?.replyMode ?? null, policy });
    const isOn = isEnabled && replyMode !== 'off';
    const { decision, reason } = decideInbound({
      author,
      type: event.type,
      flowId: event.flowId,
      chatType: event.chatType,
      createdAt: event.createdAt.getTime(),
      now: clock.now(),
      maxAgeMs,
      switchedOnAt: isOn ? (await switchedOnAt(accountId)).getTime() : 0,
      autoReplyEnabled: isEnabled,
      chatMode: chat?.mode ?? 'auto',
      chatReplyMode: chat?.replyMode ?? null,
      policy,
    });
    const taken = await store(event, {
      direction: 'in',
      authorKind: author,
      decision,
      reason,
      // Where answers wait for the owner nothing leaves by itself, so a question waits for the model as long as it takes.
      bound: replyMode === 'draft' ? undefined : bound,
    });
    if (taken.isErased) {
      forgetErased(context);
      return;
    }
    logger.info('message taken in', { inserted: taken.inserted, decision: taken.decision, reason });
    if (taken.replyId !== null) {
      logger.warn('too much waits for the model: answered without it, and handed to a person');
      await queues.enqueue(sendReply, { accountId, chatId, replyId: taken.replyId });
    }
    // Also for a message that was there already: the process may have died between the commit and this bell.
    if (taken.unanswered) {
      await queues.enqueue(composeReply, { accountId, chatId, turn: taken.turn }, { delayMs: taken.delayMs });
    }
  };

  return async ({ eventKey, body, accountId: receiver = null }, context) => {
    const parsed = parseWebhookEvent(body);
    if (parsed.kind === 'unrecognized') {
      const { accountId, reason } = parsed;
      await events.keepUnrecognized({ eventKey, accountId: accountId ?? receiver, reason, body });
      logger.warn('event kept, not understood', { eventKey, reason });
      return;
    }
    const { event } = parsed;
    if (!isOurAccount(event.accountId)) {
      await events.keepUnrecognized({
        eventKey,
        accountId: event.accountId,
        reason: 'unknown-account',
        body,
      });
      logger.warn('event kept, the account is not configured', { eventKey, accountId: event.accountId });
      return;
    }
    const { accountId, chatId, messageId } = event;
    await withLogContext({ accountId, chatId, messageId }, async () => {
      const author = classifyAuthor(event);
      if (author !== 'own') return takeInInbound(event, author, context);
      const { isErased } = await takeInOutgoing(event);
      if (isErased) forgetErased(context);
    });
  };
}
