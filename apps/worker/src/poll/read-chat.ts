import { type AvitoClient, AvitoError, type Chat, type Message } from '@avito-autoreply/avito';
import type { Repositories } from '@avito-autoreply/database';
import { type Handler, type JobContext, type Queues, takeInEvent } from '@avito-autoreply/queue';
import { AppError, type Clock, type Logger } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import { asWebhookBody } from '../take-in/as-webhook-body.ts';

export type TakeIn = Handler<z.output<typeof takeInEvent.schema>>;

type ReadChatDeps = {
  avito: Pick<AvitoClient, 'eachMessage'>;
  polls: Pick<Repositories['polls'], 'unknownMessages' | 'notePolled'>;
  chats: Pick<Repositories['chats'], 'describeChat'>;
  takeIn: TakeIn;
  queues: Pick<Queues, 'enqueue'>;
  clock: Clock;
  logger: Logger;
};

// Avito's clock counts seconds: within one, a message may still come before the one that was the last.
const SETTLED_AFTER_MS = 5_000;
// Avito shows 1100 messages at the most.
const REACHABLE_MESSAGES = 1_050;

export const isNotFound = (error: unknown): boolean =>
  error instanceof AvitoError && error.code === 'avito.not-found';

/**
 * Reads a chat down to `cutoff` and takes in what is not known yet, exactly as the webhook would have. Messages of our
 * side go first: where an operator has answered already, nothing of ours may leave. Returns how many were new.
 */
export function createReadChat({ avito, polls, chats, takeIn, queues, clock, logger }: ReadChatDeps) {
  const messagesSince = async ({ accountId, chat, cutoff, context }: ReadCall): Promise<Message[]> => {
    const messages: Message[] = [];
    const history = avito.eachMessage({ userId: accountId, chatId: chat.id, signal: context.signal });
    for await (const message of history) {
      if (message.createdAt.getTime() < cutoff) return messages;
      messages.push(message);
    }
    if (messages.length >= REACHABLE_MESSAGES) {
      logger.warn('a chat has more new messages than Avito shows', { chatId: chat.id });
    }
    return messages;
  };

  /** A chat may be listed still, and not be read any more: then the list has all that may ever be known of it. */
  const messagesLeft = async (call: ReadCall): Promise<{ messages: Message[]; isGone?: true }> => {
    try {
      return { messages: await messagesSince(call) };
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const { id, lastMessage } = call.chat;
      logger.warn('a chat is gone: only its last message is known', { chatId: id });
      const isNew = lastMessage !== null && lastMessage.createdAt.getTime() >= call.cutoff;
      return { messages: isNew ? [lastMessage] : [], isGone: true };
    }
  };

  const takeInOne = async ({ accountId, chat, context }: ReadCall, message: Message): Promise<void> => {
    const event = {
      eventKey: `m-${accountId}-${message.id}`,
      receivedAt: clock.now(),
      body: asWebhookBody({ accountId, chat, message }),
    };
    try {
      await takeIn(event, context);
    } catch (error) {
      if (error instanceof AppError && error.isRetryable) throw error;
      // One message that cannot be taken in must not keep all others from it: the queue tries on, and lists it if it fails.
      logger.error('a message cannot be taken in: left to the queue', { messageId: message.id, error });
      await queues.enqueue(takeInEvent, event);
    }
  };

  return async (call: ReadCall): Promise<number> => {
    const { accountId, chat } = call;
    const { messages, isGone = false } = await messagesLeft(call);
    const unknown = await polls.unknownMessages({ accountId, messageIds: messages.map(({ id }) => id) });
    // An entry of ours that was deleted says nothing any more, not even who wrote it.
    const isNews = ({ id, direction, type }: Message) =>
      unknown.has(id) && !(direction === 'out' && type === 'deleted');
    const news = messages.filter(isNews).toReversed();
    if (news.length > 0) await describe(accountId, chat);
    for (const message of news.filter(({ direction }) => direction === 'out')) await takeInOne(call, message);
    for (const message of news.filter(({ direction }) => direction === 'in')) await takeInOne(call, message);

    const [newest] = messages;
    // It may be back before the watermark has passed it by.
    if (newest && !isGone && clock.now() - newest.createdAt.getTime() > SETTLED_AFTER_MS) {
      await polls.notePolled({ accountId, chatId: chat.id, lastMessageId: newest.id });
    }
    return news.length;
  };

  /** Spares the composition a question to Avito. */
  async function describe(accountId: number, { id, type, item, buyer }: Chat): Promise<void> {
    await chats.describeChat({
      accountId,
      chatId: id,
      chatType: type,
      item,
      itemId: item?.id ?? null,
      buyerId: buyer?.id ?? null,
      buyerName: buyer?.name ?? null,
    });
  }
}

export type ReadCall = {
  accountId: number;
  chat: Chat;
  /** Milliseconds since the epoch. */
  cutoff: number;
  context: JobContext;
};
