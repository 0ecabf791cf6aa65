import type { AccessReport, OwnedSubscription } from '@avito-autoreply/avito';
import { z } from 'zod';
import { accountId, time, timeOrNull } from './fields.ts';

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

const problem = z.strictObject({
  code: z.string().meta({
    description:
      '`token-refused` `token-revoked` `wrong-account` `access-not-paid` `access-denied` `webhook-gone` `webhook-replaced` `avito-unreachable`',
  }),
  message: z.string().meta({ description: 'In Russian, for the owner: what is wrong and what to do' }),
});

export const status = z
  .strictObject({
    account_id: accountId,
    avito: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('ok') }),
      z.strictObject({ status: z.literal('error'), code: z.string(), message: z.string() }),
    ]),
    token: z.strictObject({
      granted: z.boolean().meta({ description: 'Whether Avito gave an access token' }),
      expires_at: time.nullable(),
      has_refresh_token: z
        .boolean()
        .nullable()
        .meta({ description: 'Whether the account was connected by its owner’s consent' }),
    }),
    subscribed: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether Avito delivers to us; null when Avito did not say' }),
    subscriptions: z.array(subscription).nullable(),
    last_registered: z
      .strictObject({ webhook_url: z.string(), at: time })
      .nullable()
      .meta({ description: 'The address that we registered last, without its token' }),
    last_event_received_at: time.nullable().meta({ description: 'By our database, whatever Avito says' }),
    problems: z.array(problem).meta({ description: 'The gravest first; empty when all is well' }),
    message: z.string(),
  })
  .meta({ id: 'WebhookStatus' });

function statusMessage(subscriptions: readonly OwnedSubscription[] | null): string {
  if (subscriptions === null) return 'Avito did not tell its subscriptions; see problems.';
  const isOurs = subscriptions.some(({ owner }) => owner !== 'foreign');
  const hasForeign = subscriptions.some(({ owner }) => owner === 'foreign');
  if (isOurs) return hasForeign ? 'Avito delivers to us and to another system.' : 'Avito delivers to us.';
  return hasForeign
    ? 'Avito delivers to another system, not to us: no message reaches us until the webhook is registered with "replace": true.'
    : 'No webhook is registered: no message reaches us until it is.';
}

/** The part of the status that Avito told. */
export function statusOf({ token, isTokenGranted, subscriptions, problems, error }: AccessReport) {
  return {
    avito:
      error === undefined
        ? { status: 'ok' as const }
        : { status: 'error' as const, code: error.code, message: error.message },
    token: {
      granted: isTokenGranted,
      expires_at: timeOrNull(token?.expiresAt ?? null),
      has_refresh_token: token?.hasRefreshToken ?? null,
    },
    subscribed: subscriptions?.some(({ owner }) => owner !== 'foreign') ?? null,
    subscriptions,
    problems,
    message: statusMessage(subscriptions),
  };
}
