import type { Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { Api } from '../api.ts';
import { checkArguments, userIdArgument } from '../arguments.ts';
import { type Item, type ItemInfo, itemInfoSchema, itemSchema } from '../wire/item.ts';
import { listEnvelope, readEntries } from '../wire/list.ts';
import type { AccountCall } from './call-options.ts';

export const itemStatuses = ['active', 'removed', 'old', 'blocked', 'rejected'] as const;

export type EachItem = AccountCall & {
  /** Avito's default is `active` only. */
  statuses?: readonly (typeof itemStatuses)[number][];
  /** `YYYY-MM-DD`. */
  updatedFrom?: string;
  category?: number;
};

export type ListItems = EachItem & {
  /** From 1 on. */
  page?: number;
  /** 1 to 99, default 99: Avito takes less than a hundred. */
  perPage?: number;
};

export type ItemsPage = {
  items: Item[];
  /** The page to ask for next; null after the last one. */
  nextPage: number | null;
};

const listArguments = z.strictObject({
  page: z.int().min(1).default(1),
  perPage: z.int().min(1).max(99).default(99),
  statuses: z.array(z.enum(itemStatuses)).default([]),
  updatedFrom: z.iso.date().optional(),
  category: z.int().positive().optional(),
});
const itemIdArgument = z.int().positive();

export function itemCalls({ api, logger }: { api: Api; logger: Logger }) {
  const listItems = async ({ userId, signal, timeoutMs, ...given }: ListItems): Promise<ItemsPage> => {
    checkArguments('userId', userIdArgument, userId);
    const { page, perPage, ...filter } = checkArguments('listItems', listArguments, given);
    const query = new URLSearchParams({ per_page: String(perPage), page: String(page) });
    if (filter.statuses.length > 0) query.set('status', filter.statuses.join(','));
    if (filter.updatedFrom !== undefined) query.set('updatedAtFrom', filter.updatedFrom);
    if (filter.category !== undefined) query.set('category', String(filter.category));
    const { entries } = await api({
      method: 'GET',
      path: '/core/v1/items',
      query,
      isReadOnly: true,
      schema: listEnvelope('resources'),
      signal,
      timeoutMs,
    });
    const items = readEntries({
      entries,
      schema: itemSchema,
      onUnreadable: (problem) => logger.warn('listing not understood and left out', { userId, problem }),
    });
    // Avito does not tell how many there are: a full page may have a successor.
    return { items, nextPage: entries.length < perPage ? null : page + 1 };
  };

  return {
    /**
     * Listings of the account whose keys these are, without descriptions, which no call gives, and without those of
     * employees. Avito allows 25 calls a minute.
     */
    listItems,

    /** All listings, page by page. One that changes its place meanwhile may be met twice or not at all. */
    eachItem: async function* (call: EachItem): AsyncGenerator<Item, void, undefined> {
      let page: number | null = 1;
      while (page !== null) {
        const { items, nextPage }: ItemsPage = await listItems({ ...call, page });
        yield* items;
        page = nextPage;
      }
    },

    /** State, address and times of one listing; not its title or price. */
    getItemInfo: async ({
      userId,
      itemId,
      ...options
    }: AccountCall & { itemId: number }): Promise<ItemInfo> => {
      const account = checkArguments('userId', userIdArgument, userId);
      const item = checkArguments('itemId', itemIdArgument, itemId);
      return api({
        method: 'GET',
        path: `/core/v1/accounts/${account}/items/${item}/`,
        isReadOnly: true,
        schema: itemInfoSchema,
        ...options,
      });
    },
  };
}
