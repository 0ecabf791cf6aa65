import { createSubscriptions, inspectAccess, withoutToken } from '@avito-autoreply/avito';
import type { Repositories } from '@avito-autoreply/database';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Account, Accounts } from '../avito/accounts.ts';
import { avitoErrors } from './avito-errors.ts';
import { accountId, accountInBody, accountInQuery, timeOf, timeOrNull } from './fields.ts';
import { address, status, statusOf } from './webhook-shapes.ts';

type WebhookRoutesDeps = {
  accounts: Accounts;
  publicUrl: string | undefined;
  webhooks: Repositories['webhooks'];
  alerts: Pick<Repositories['alerts'], 'clear'>;
};

const tag = 'Webhook';
const path = '/api/v1/avito/webhook';

export function webhookRoutes({ accounts, publicUrl, webhooks, alerts }: WebhookRoutesDeps): Route[] {
  const subscriptionsOf = ({ avito, webhook: { token }, isNamedInPath }: Account) =>
    createSubscriptions({ avito, token, isNamedInPath });

  const register = defineRoute({
    method: 'post',
    path: `${path}/register`,
    operationId: 'registerWebhook',
    tag,
    summary: 'Let Avito deliver messages to this address',
    description:
      'Looks at the present subscriptions first and refuses to take the place of another system unless `replace` is true. The address must answer Avito’s probe (POST, form-encoded `{}`, 200 within 2 s) from here. The account’s token is put at the end of the address where it is missing, before it the account’s id where several are configured, and our path where only the server is named.',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      webhook_url: address.meta({
        description: 'The public address of ingest; https is recommended',
        examples: ['https://shop.example/api/v1/webhooks/avito/messages'],
      }),
      replace: z.boolean('must be true or false').default(false).meta({
        description: 'Take the place of another system',
      }),
      skip_probe: z.boolean('must be true or false').default(false).meta({
        description: 'Register without the probe: where only the outside can reach the address',
      }),
      ...accountInBody,
    }),
    response: z.strictObject({
      status: z.enum(['registered', 'renewed']),
      account_id: accountId,
      webhook_url: z.string(),
      removed: z.array(z.string()).meta({ description: 'Addresses that gave way' }),
      warnings: z
        .array(z.strictObject({ code: z.string(), message: z.string() }))
        .meta({ description: 'What looked odd when the address was probed' }),
      message: z.string(),
    }),
    errors: {
      409: '`webhook.foreign-subscription`: another system is subscribed',
      422: '`webhook.unreachable`: the address does not answer the probe; the message tells what came instead',
      ...avitoErrors,
    },
    handle: async ({ query, body, signal }) => {
      const account = accounts.select(query.account_id, body.account_id);
      const { outcome, url, removed, warnings } = await subscriptionsOf(account).register({
        userId: account.userId,
        url: body.webhook_url,
        replace: body.replace,
        skipProbe: body.skip_probe,
        signal,
      });
      await webhooks.saveRegistration({
        accountId: account.userId,
        url: withoutToken({ url, token: account.webhook.token }),
      });
      // The next check would clear them too; who has just registered should not see them any more.
      for (const kind of ['webhook-gone', 'webhook-replaced', 'webhook-unreachable']) {
        await alerts.clear({ accountId: account.userId, kind });
      }
      return {
        status: outcome,
        account_id: account.userId,
        webhook_url: url,
        removed,
        warnings,
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
    summary: 'Whether messages reach us and answers may leave',
    description:
      'Asks Avito for the token, the rights and the subscriptions. A problem with them is part of the answer, not an error.',
    query: z.strictObject(accountInQuery),
    response: status,
    handle: async ({ query, signal }) => {
      const { userId, avito, webhook, isNamedInPath } = accounts.select(query.account_id);
      const [registered, lastEventAt] = await Promise.all([
        webhooks.findRegistration({ accountId: userId }),
        webhooks.lastEventAt({ accountId: userId }),
      ]);
      const report = await inspectAccess({
        avito,
        userId,
        webhookToken: webhook.token,
        isNamedInPath,
        expectedUrl: publicUrl ?? registered?.url,
        signal,
      });
      return {
        account_id: userId,
        last_event_received_at: timeOrNull(lastEventAt),
        last_registered:
          registered === undefined
            ? null
            : { webhook_url: registered.url, at: timeOf(registered.registeredAt) },
        ...statusOf(report),
      };
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
      const registered = await webhooks.findRegistration({ accountId: account.userId });
      if (removed.some((url) => withoutToken({ url, token: account.webhook.token }) === registered?.url)) {
        await webhooks.forgetRegistration({ accountId: account.userId });
      }
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
