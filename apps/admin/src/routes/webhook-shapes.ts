import type { OwnedSubscription } from '@avito-autoreply/avito';
import { z } from 'zod';
import { accountId, time } from './fields.ts';

export const address = z
  .url({
    protocol: /^https?$/,
    error: ({ input }) =>
      input === undefined ? 'is required' : 'must be an address starting with https:// or http://',
  })
  .max(2_000, 'must be at most 2000 characters long')
  .refine((url) => !URL.parse(url)?.username, 'must not hold a user name or password');

const subscription = z.strictObject({
  url: z.string(),
  version: z.string().nullable(),
  owner: z.enum(['ours', 'probably-ours', 'foreign']).meta({
    description:
      '`ours`: ends with AVITO_WEBHOOK_TOKEN. `probably-ours`: no token is configured, but the path is ours. `foreign`: another system.',
  }),
});

export const status = z
  .strictObject({
    account_id: accountId,
    avito: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('ok') }),
      z.strictObject({ status: z.literal('error'), code: z.string(), message: z.string() }),
    ]),
    subscribed: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether Avito delivers to us; null when Avito did not say' }),
    subscriptions: z.array(subscription).nullable(),
    last_event_received_at: time.nullable().meta({ description: 'By our database, whatever Avito says' }),
    message: z.string(),
  })
  .meta({ id: 'WebhookStatus' });

export function statusMessage(subscriptions: readonly OwnedSubscription[]): string {
  const isOurs = subscriptions.some(({ owner }) => owner !== 'foreign');
  const hasForeign = subscriptions.some(({ owner }) => owner === 'foreign');
  if (isOurs) return hasForeign ? 'Avito delivers to us and to another system.' : 'Avito delivers to us.';
  return hasForeign
    ? 'Avito delivers to another system, not to us: no message reaches us until the webhook is registered with "replace": true.'
    : 'No webhook is registered: no message reaches us until it is.';
}
