import { createHash } from 'node:crypto';
import type { WebhookEvent } from './event.ts';

/**
 * The same for every delivery of the same event, and fit for a job id. Avito's own event id does not serve: a
 * redelivery may carry a new one.
 */
export function eventKeyOf({ parsed, rawBody }: { parsed: WebhookEvent; rawBody: Uint8Array }): string {
  if (parsed.kind === 'message') return `m-${parsed.event.accountId}-${parsed.event.messageId}`;
  return `e-${createHash('sha256').update(rawBody).digest('hex').slice(0, 32)}`;
}
