import type { AvitoClient } from '@avito-autoreply/avito';
import { classifyAuthor, parseWebhookEvent, type WebhookMessage } from '@avito-autoreply/avito/webhook';
import type { ChatKey } from '@avito-autoreply/database';
import { AppError } from '@avito-autoreply/runtime';
import { asWebhookBody } from '../take-in/as-webhook-body.ts';

export type HistoryReader = Pick<AvitoClient, 'eachMessage'>;

// Avito's clock may differ from ours, and it counts in whole seconds.
const CLOCK_SKEW_MS = 120_000;
/** Entries further down than this may be out of reach. */
const REACHABLE_ENTRIES = 1_000;

/**
 * The messages of the seller's side since then, as their events would have told them, the newest first. Throws an
 * AvitoError when the history, or an entry of it, cannot be read, and `send.history-too-long` when it does not reach back
 * far enough: what is missing there may be the very one that is looked for.
 */
export async function readOutgoing(
  avito: HistoryReader,
  { accountId, chatId, since }: ChatKey & { since: Date },
): Promise<WebhookMessage[]> {
  const sinceMs = since.getTime() - CLOCK_SKEW_MS;
  const outgoing: WebhookMessage[] = [];
  let entries = 0;
  for await (const message of avito.eachMessage({ userId: accountId, chatId, mustBeWhole: true })) {
    entries += 1;
    if (message.createdAt.getTime() < sinceMs) return outgoing;
    const parsed = parseWebhookEvent(
      asWebhookBody({ accountId, chat: { id: chatId, type: null, item: null, buyer: null }, message }),
    );
    if (parsed.kind === 'message' && classifyAuthor(parsed.event) === 'own') outgoing.push(parsed.event);
  }
  if (entries < REACHABLE_ENTRIES) return outgoing;
  throw new AppError(`the last ${entries} messages of the chat do not reach back to ${since.toISOString()}`, {
    code: 'send.history-too-long',
    isRetryable: true,
  });
}
