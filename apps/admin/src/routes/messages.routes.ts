import type { Repositories } from '@avito-autoreply/database';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { heldMessage, heldMessageAnswer } from './decision-shapes.ts';
import { accountId, accountInQuery, page, time, timeOf } from './fields.ts';

type MessageRoutesDeps = {
  accounts: Accounts;
  chats: Pick<Repositories['chats'], 'listHeldMessages'>;
  events: Pick<Repositories['events'], 'listUnrecognized'>;
};

// The lists of the database begin at the newest and know no offset, so what is skipped is read as well.
const listPage = page({ maxLimit: 200, maxOffset: 10_000 });

const tag = 'Not answered';

const event = z
  .strictObject({
    event_key: z.string(),
    account_id: accountId.nullable(),
    reason: z.string(),
    body: z.unknown().meta({ description: 'As Avito sent it' }),
    received_at: time,
  })
  .meta({ id: 'UnrecognizedEvent' });

export function messageRoutes({ accounts, chats, events }: MessageRoutesDeps): Route[] {
  const held = defineRoute({
    method: 'get',
    path: '/api/v1/messages/held',
    operationId: 'listHeldMessages',
    tag,
    summary: 'Buyers’ messages that were not answered automatically, and why; the latest first',
    query: z.strictObject({ ...listPage, ...accountInQuery }),
    response: z.strictObject({ account_id: accountId, messages: z.array(heldMessage) }),
    handle: async ({ query }) => {
      const { userId } = accounts.select(query.account_id);
      const { limit, offset } = query;
      const found = await chats.listHeldMessages({ accountId: userId, limit: offset + limit });
      return {
        account_id: userId,
        messages: found.slice(offset).map(heldMessageAnswer),
      };
    },
  });

  const unrecognized = defineRoute({
    method: 'get',
    path: '/api/v1/events/unrecognized',
    operationId: 'listUnrecognizedEvents',
    tag,
    summary: 'Webhook events that we do not understand, the latest first',
    description:
      'Of all accounts unless `account_id` names one; an event may be too odd to tell whose it is.',
    query: z.strictObject({ ...listPage, ...accountInQuery }),
    response: z.strictObject({ events: z.array(event) }),
    handle: async ({ query }) => {
      const { account_id: given, limit, offset } = query;
      const whose =
        given === undefined ? { ofAnyOf: accounts.ids } : { accountId: accounts.select(given).userId };
      const found = await events.listUnrecognized({ ...whose, limit: offset + limit });
      return {
        events: found.slice(offset).map(({ eventKey, accountId: owner, reason, body, receivedAt }) => ({
          event_key: eventKey,
          account_id: owner,
          reason,
          body,
          received_at: timeOf(receivedAt),
        })),
      };
    },
  });

  return [held, unrecognized];
}
