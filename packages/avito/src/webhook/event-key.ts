import { createHash } from 'node:crypto';
import type { WebhookIdentity } from './event.ts';

/**
 * The same for every delivery of the same event, and fit for a job id. Avito's own event id does not serve: a
 * redelivery may carry a new one.
 */
export function eventKeyOf({
  identity,
  rawBody,
  accountId,
}: {
  identity: WebhookIdentity;
  rawBody: Uint8Array;
  /** Whose webhook it came to, where that is known: two accounts may get the same bytes. */
  accountId?: number | undefined;
}): string {
  if (identity.kind === 'message') return `m-${identity.accountId}-${identity.messageId}`;
  const digest = createHash('sha256').update(rawBody).digest('hex').slice(0, 32);
  return accountId === undefined ? `e-${digest}` : `e-${accountId}-${digest}`;
}
