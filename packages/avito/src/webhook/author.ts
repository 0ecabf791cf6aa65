import type { WebhookMessage } from './event.ts';

/** `own` is the account itself, be it by this system or by an operator in the app; `avito` is Avito's chat-bot. */
export type AuthorKind = 'buyer' | 'own' | 'avito';

// Both were seen as the author of Avito's system messages.
const AVITO_AUTHORS: readonly number[] = [0, 1];

/**
 * Who wrote a message. Only a buyer's may be answered. A message of Avito's chat-bot is told by its type or flow first:
 * flows that speak for the seller may carry the seller's id, and are no operator's for all that.
 */
export function classifyAuthor({
  accountId,
  authorId,
  type,
  flowId,
}: Pick<WebhookMessage, 'accountId' | 'authorId' | 'type' | 'flowId'>): AuthorKind {
  if (AVITO_AUTHORS.includes(authorId) || type === 'system' || flowId !== null) return 'avito';
  return authorId === accountId ? 'own' : 'buyer';
}
