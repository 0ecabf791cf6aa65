import { createHash } from 'node:crypto';
import type { WebhookEvent } from './event.ts';

/**
 * The same for every delivery of the same event, and fit for a job id. Avito's own event id does not serve: a
 * redelivery may carry a new one.
 */
export function eventKeyOf({
  parsed,
  rawBody,
  accountId,
}: {
  parsed: WebhookEvent;
  rawBody: Uint8Array;
  /** Whose webhook it came to, where that is known: two accounts may get the same bytes. */
  accountId?: number | undefined;
}): string {
  if (parsed.kind === 'message') return `m-${parsed.event.accountId}-${parsed.event.messageId}`;
  const digest = createHash('sha256').update(rawBody).digest('hex').slice(0, 32);
  return accountId === undefined ? `e-${digest}` : `e-${accountId}-${digest}`;
}
