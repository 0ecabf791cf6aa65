import { AvitoError, createSubscriptions } from '@avito-autoreply/avito';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Account, Accounts } from '../avito/accounts.ts';
import { avitoErrors } from './avito-errors.ts';
import { accountId, accountInBody, accountInQuery, timeOrNull } from './fields.ts';
import { address, status, statusMessage } from './webhook-shapes.ts';

type WebhookRoutesDeps = {
  accounts: Accounts;
  lastEventAt: (account: { accountId: number }) => Promise<Date | null>;
};

const tag = 'Webhook';
const path = '/api/v1/avito/webhook';

export function webhookRoutes({ accounts, lastEventAt }: WebhookRoutesDeps): Route[] {
  const subscriptionsOf = ({ avito, webhook: { token }, isNamedInPath }: Account) =>
    createSubscriptions({ avito, token, isNamedInPath });

  const register = defineRoute({
    method: 'post',
    path: `${path}/register`,
    operationId: 'registerWebhook',
    tag,
    summary: 'Let Avito deliver messages to this address',
    description:
      'Looks at the present subscriptions first and refuses to take the place of another system unless `replace` is true. The account’s token is put at the end of the address where it is missing, before it the account’s id where several are configured, and our path where only the server is named.',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      webhook_url: address.meta({
        description: 'The public address of ingest; https is recommended',
        examples: ['https://shop.example/api/v1/webhooks/avito/messages'],
      }),
      replace: z.boolean('must be true or false').default(false).meta({
        description: 'Take the place of another system',
      }),
      ...accountInBody,
    }),
    response: z.strictObject({
      status: z.enum(['registered', 'renewed']),
      account_id: accountId,
      webhook_url: z.string(),
      removed: z.array(z.string()).meta({ description: 'Addresses that gave way' }),
      message: z.string(),
    }),
    errors: { 409: '`webhook.foreign-subscription`: another system is subscribed', ...avitoErrors },
    handle: async ({ query, body, signal }) => {
      const account = accounts.select(query.account_id, body.account_id);
      const { outcome, url, removed } = await subscriptionsOf(account).register({
        userId: account.userId,
        url: body.webhook_url,
        replace: body.replace,
        signal,
      });
      return {
        status: outcome,
        account_id: account.userId,
        webhook_url: url,
        removed,
        message: url.startsWith('https:')
          ? 'Avito delivers messages to this address.'
          : 'Avito delivers messages to this address, unencrypted: https is recommended.',
      };
    },
  });

  const getStatus = defineRoute({
    method: 'get',
    path: `${path}/status`,
    operationId: 'getWebhookStatus',
    tag,
    summary: 'Whether messages reach us',
    query: z.strictObject(accountInQuery),
    response: status,
    handle: async ({ query, signal }) => {
      const account = accounts.select(query.account_id);
      const received = await lastEventAt({ accountId: account.userId });
      const facts = { account_id: account.userId, last_event_received_at: timeOrNull(received) };
      try {
        const subscriptions = await subscriptionsOf(account).list({ userId: account.userId, signal });
        return {
          ...facts,
          avito: { status: 'ok' as const },
          subscribed: subscriptions.some(({ owner }) => owner !== 'foreign'),
          subscriptions,
          message: statusMessage(subscriptions),
        };
      } catch (error) {
        if (!(error instanceof AvitoError)) throw error;
        return {
          ...facts,
          avito: { status: 'error' as const, code: error.code, message: error.message },
          subscribed: null,
          subscriptions: null,
          message: 'Avito did not answer the question; see avito.message.',
        };
      }
    },
  });

  const unregister = defineRoute({
    method: 'delete',
    path: `${path}/unregister`,
    operationId: 'unregisterWebhook',
    tag,
    summary: 'Stop the deliveries',
    description:
      'With `webhook_url` that subscription; without it our own, or the only one there is. Nothing to remove is an answer, not an error.',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({ webhook_url: address.optional(), ...accountInBody }),
    response: z.strictObject({
      status: z.enum(['unregistered', 'nothing-to-remove']),
      account_id: accountId,
      removed: z.array(z.string()),
      message: z.string(),
    }),
    errors: { 409: '`webhook.foreign-subscription`: several, and none of them ours', ...avitoErrors },
    handle: async ({ query, body, signal }) => {
      const account = accounts.select(query.account_id, body.account_id);
      const removed = await subscriptionsOf(account).unregister({
        userId: account.userId,
        url: body.webhook_url,
        signal,
      });
      const isNothing = removed.length === 0;
      const nothing =
        body.webhook_url === undefined
          ? 'No webhook was registered, so there was nothing to remove.'
          : 'This address was not registered, so there was nothing to remove.';
      return {
        status: isNothing ? ('nothing-to-remove' as const) : ('unregistered' as const),
        account_id: account.userId,
        removed,
        message: isNothing ? nothing : `Avito no longer delivers to ${removed.join(', ')}.`,
      };
    },
  });

  return [register, getStatus, unregister];
}
