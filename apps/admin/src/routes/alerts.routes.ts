import type { Alert, Repositories } from '@avito-autoreply/database';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { accountId, accountInQuery, ownPage, time, timeOf, timeOrNull } from './fields.ts';

type AlertRoutesDeps = {
  accounts: Accounts;
  alerts: Pick<Repositories['alerts'], 'listOpen' | 'listRecent'>;
};

const alert = z
  .strictObject({
    alert_id: z.string(),
    account_id: accountId.nullable().meta({ description: 'Null: about the installation' }),
    kind: z.string().meta({ description: 'Stable, for programs', examples: ['webhook-gone'] }),
    subject: z.string().meta({ description: 'What of the kind, where several may be open at a time' }),
    message: z.string().meta({ description: 'In Russian, for the owner' }),
    details: z.unknown(),
    count: z.int().meta({ description: 'How often it was raised' }),
    raised_at: time,
    last_seen_at: time,
    cleared_at: time.nullable(),
  })
  .meta({ id: 'Alert' });

const alertOf = (given: Alert): z.infer<typeof alert> => ({
  alert_id: given.alertId,
  account_id: given.accountId,
  kind: given.kind,
  subject: given.subject,
  message: given.message,
  details: given.details,
  count: given.count,
  raised_at: timeOf(given.raisedAt),
  last_seen_at: timeOf(given.lastSeenAt),
  cleared_at: timeOrNull(given.clearedAt),
});

export function alertRoutes({ accounts, alerts }: AlertRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/alerts',
    operationId: 'listAlerts',
    tag: 'Alerts',
    summary: 'What the owner must know and mend, and what of it is over; the newest first',
    description: 'Of all accounts unless `account_id` names one. `limit` is for those that are over.',
    query: z.strictObject({ limit: ownPage.limit, ...accountInQuery }),
    response: z.strictObject({ open: z.array(alert), closed: z.array(alert) }),
    handle: async ({ query }) => {
      const accountIds =
        query.account_id === undefined ? accounts.ids : [accounts.select(query.account_id).userId];
      const [open, closed] = await Promise.all([
        alerts.listOpen({ accountIds }),
        alerts.listRecent({ accountIds, limit: query.limit }),
      ]);
      return { open: open.map(alertOf), closed: closed.map(alertOf) };
    },
  });
  return [list];
}
