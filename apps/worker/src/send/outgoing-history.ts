import type { AvitoClient, Message } from '@avito-autoreply/avito';
import type { ChatKey } from '@avito-autoreply/database';
import { AppError } from '@avito-autoreply/runtime';
import type { OutgoingMessage } from '../take-in/take-in-outgoing.ts';

export type HistoryReader = Pick<AvitoClient, 'eachMessage'>;

/** A message of the history as its event would have told it. */
export const outgoingOf = (
  { accountId, chatId }: ChatKey,
  { id: messageId, authorId, type, text, content, createdAt }: Message,
): OutgoingMessage => ({
  accountId,
  chatId,
  messageId,
  // A webhook carries the account's own id, whichever employee wrote.
  authorId: authorId ?? accountId,
  type,
  text,
  content,
  createdAt,
  itemId: null,
  chatType: null,
});

// Avito's clock may differ from ours, and it counts in whole seconds.
const CLOCK_SKEW_MS = 120_000;
/** Entries further down than this may be out of reach. */
const REACHABLE_ENTRIES = 1_000;

/**
 * The seller's own messages of a chat since then, the newest first, page by page. Throws an AvitoError when the history
 * cannot be read, and `send.history-too-long` when it does not reach back far enough: what is missing there may exist.
 */
export async function readOutgoing(
  avito: HistoryReader,
  { accountId: userId, chatId, since }: ChatKey & { since: Date },
): Promise<Message[]> {
  const sinceMs = since.getTime() - CLOCK_SKEW_MS;
  const outgoing: Message[] = [];
  let entries = 0;
  for await (const message of avito.eachMessage({ userId, chatId })) {
    entries += 1;
    if (message.createdAt.getTime() < sinceMs) return outgoing;
    const isAvitos = message.type === 'system' || (message.authorId ?? userId) !== userId;
    if (message.direction === 'out' && !isAvitos) outgoing.push(message);
  }
  if (entries < REACHABLE_ENTRIES) return outgoing;
  throw new AppError(`the last ${entries} messages of the chat do not reach back to ${since.toISOString()}`, {
    code: 'send.history-too-long',
    isRetryable: true,
  });
}
