import { blacklistReasons, itemStatuses } from '@avito-autoreply/avito';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import type { Consent } from '../avito/consent.ts';
import { avitoErrors } from './avito-errors.ts';
import { item, itemAnswer } from './avito-shapes.ts';
import {
  accountId,
  accountInBody,
  accountInQuery,
  listInQuery,
  requiredText,
  time,
  timeOrNull,
} from './fields.ts';

const tag = 'Avito';
const positive = (error: string) => z.int(error).positive(error);
const pageNumber = 'must be a whole number from 1 on';
const perPage = 'must be a whole number from 1 to 99';
const statuses = `must be of ${itemStatuses.join(', ')}, divided by commas`;

function requireConsent(consent: Consent | undefined, userId: number): Consent {
  if (consent !== undefined) return consent;
  throw new HttpError(
    `Account ${userId} has keys of its own and needs no consent; AVITO_GRANT=consent would change that.`,
    { status: 409, code: 'account.own-keys' },
  );
}

/** What concerns an account as a whole: its listings, its blacklist, and how it lets us in. */
export function avitoAccountRoutes({ accounts }: { accounts: Accounts }): Route[] {
  const listItems = defineRoute({
    method: 'get',
    path: '/api/v1/avito/items',
    operationId: 'listAvitoItems',
    tag,
    summary: 'The account’s listings, from Avito, without descriptions',
    description: 'Avito allows 25 calls a minute.',
    query: z.strictObject({
      page: z.coerce.number(pageNumber).int(pageNumber).min(1, pageNumber).default(1),
      per_page: z.coerce.number(perPage).int(perPage).min(1, perPage).max(99, perPage).default(50),
      status: listInQuery(z.enum(itemStatuses, statuses), statuses)
        .optional()
        .meta({ description: `Of ${itemStatuses.join(', ')}, divided by commas; default active` }),
      ...accountInQuery,
    }),
    response: z.strictObject({
      account_id: accountId,
      items: z.array(item),
      next_page: z.int().nullable().meta({ description: 'null after the last one' }),
    }),
    errors: avitoErrors,
    handle: async ({ query, signal }) => {
      const { userId, avito } = accounts.select(query.account_id);
      const found = await avito.listItems({
        userId,
        page: query.page,
        perPage: query.per_page,
        ...(query.status === undefined ? {} : { statuses: query.status }),
        signal,
      });
      return { account_id: userId, items: found.items.map(itemAnswer), next_page: found.nextPage };
    },
  });

  const blacklist = defineRoute({
    method: 'post',
    path: '/api/v1/avito/blacklist',
    operationId: 'blacklistAvitoBuyer',
    tag,
    summary: 'Forbid a buyer to write to the account',
    description: 'The API has no way back: that is done in Avito’s app.',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      buyer_id: positive('must be the numeric id of a buyer'),
      reason: z.enum(blacklistReasons, `must be one of ${blacklistReasons.join(', ')}`),
      item_id: positive('must be the numeric id of a listing')
        .optional()
        .meta({ description: 'The listing that the buyer wrote about' }),
      ...accountInBody,
    }),
    response: z.strictObject({
      status: z.literal('blacklisted'),
      account_id: accountId,
      buyer_id: z.int(),
    }),
    errors: avitoErrors,
    handle: async ({ query, body, signal }) => {
      const { userId, avito } = accounts.select(query.account_id, body.account_id);
      const { buyer_id: buyerId, reason, item_id: itemId } = body;
      await avito.blacklistBuyer({ userId, buyerId, reason, itemId, signal });
      return { status: 'blacklisted' as const, account_id: userId, buyer_id: buyerId };
    },
  });

  const getConnection = defineRoute({
    method: 'get',
    path: '/api/v1/avito/connection',
    operationId: 'getAvitoConnection',
    tag,
    summary: 'How the account lets us in',
    query: z.strictObject(accountInQuery),
    response: z.strictObject({
      account_id: accountId,
      grant: z.enum(['client_credentials', 'consent']),
      connected: z.boolean().nullable().meta({ description: 'null for accounts with keys of their own' }),
      token_expires_at: time.nullable().meta({ description: 'It renews itself before' }),
      consent_url: z.string().nullable().meta({
        description:
          'The page on which the owner agrees. Avito sends him to the address registered with the keys, with `?code=…&state=…`',
      }),
      state: z.string().nullable().meta({
        description:
          'What must come back beside the code, within half an hour; good once, and for this account',
      }),
    }),
    handle: async ({ query }) => {
      const { userId, consent } = accounts.select(query.account_id);
      if (consent === undefined) {
        return {
          account_id: userId,
          grant: 'client_credentials' as const,
          connected: null,
          token_expires_at: null,
          consent_url: null,
          state: null,
        };
      }
      const expiresAt = await consent.expiresAt();
      const { url, state } = await consent.begin();
      return {
        account_id: userId,
        grant: 'consent' as const,
        connected: expiresAt !== null,
        token_expires_at: timeOrNull(expiresAt),
        consent_url: url,
        state,
      };
    },
  });

  const connect = defineRoute({
    method: 'post',
    path: '/api/v1/avito/connection',
    operationId: 'connectAvitoAccount',
    tag,
    summary: 'Connect an account by the code of its owner’s consent',
    description:
      'Code and state work once, and are spent also when this fails: get the connection again and let the owner consent anew.',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      code: requiredText.max(2_000),
      state: requiredText
        .max(200)
        .meta({ description: 'As it came back beside the code; of a consent begun by `getAvitoConnection`' }),
      ...accountInBody,
    }),
    response: z.strictObject({
      status: z.literal('connected'),
      account_id: accountId,
      token_expires_at: time.nullable(),
    }),
    errors: {
      ...avitoErrors,
      400: '`avito.unknown-state` or `avito.state-expired`: no such consent was begun here, or too long ago; `avito.bad-code`: the code is used or too old; or `request.invalid`',
      409: '`avito.other-account`: another account’s owner has consented; or `account.own-keys`',
    },
    handle: async ({ query, body }) => {
      const { userId, consent } = accounts.select(query.account_id, body.account_id);
      const given = requireConsent(consent, userId);
      await given.connect({ code: body.code.trim(), state: body.state.trim() });
      return {
        status: 'connected' as const,
        account_id: userId,
        token_expires_at: timeOrNull(await given.expiresAt()),
      };
    },
  });

  return [listItems, blacklist, getConnection, connect];
}
