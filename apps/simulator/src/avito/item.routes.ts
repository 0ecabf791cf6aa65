import { Router } from 'express';
import type { EndpointFactory } from '../http/endpoint.ts';
import type { SwitchBoard } from '../switches.ts';
import type { Access } from './access.ts';
import { itemsQuery } from './query.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { refuseItems } from './refusals.ts';
import { itemOnWire, itemStatus } from './wire.ts';
import type { World } from './world.ts';

/** The listings of an account, as the items API shows them: no description, and an error shape of its own. */
export function itemRoutes({
  endpoint,
  access,
  world,
  limiter,
  switches,
}: {
  endpoint: EndpointFactory;
  access: Access;
  world: World;
  limiter: RateLimiter;
  switches: SwitchBoard;
}): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get(
    '/core/v1/items',
    endpoint({
      name: 'list-items',
      refuse: refuseItems,
      handle: (request) => {
        const account = access.account(request, refuseItems);
        const headers = limiter.count({
          endpoint: 'list-items',
          accountId: account.id,
          perMinute: switches.current().itemsListPerMinute,
          refuse: refuseItems,
        });
        const query = itemsQuery.safeParse(request.query);
        if (!query.success) throw refuseItems(400);
        const { page, per_page: perPage, status } = query.data;
        const listings = account.listings.filter((listing) => status.includes(itemStatus(listing)));
        const resources = listings.slice((page - 1) * perPage, page * perPage).map(itemOnWire);
        return { headers, body: { meta: { page, per_page: perPage }, resources } };
      },
    }),
  );

  router.get(
    '/core/v1/accounts/:userId/items/:itemId/',
    endpoint({
      name: 'item-info',
      refuse: refuseItems,
      handle: (request) => {
        const account = access.owner(request, refuseItems);
        const headers = limiter.count({
          endpoint: 'item-info',
          accountId: account.id,
          perMinute: switches.current().itemInfoPerMinute,
          refuse: refuseItems,
        });
        const isMeant = ({ id }: { id: number }) => String(id) === request.params['itemId'];
        const listing = account.listings.find(isMeant);
        const isForeign = world.accounts().some(({ listings }) => listings.some(isMeant));
        // Both are statuses of the documentation, so these are answers, not errors.
        const missing = isForeign ? 'another_user' : 'not_found';
        return {
          headers,
          body: {
            status: listing ? itemStatus(listing) : missing,
            url: listing?.url ?? null,
            start_time: listing ? '2026-11-01T09:00:00+03:00' : null,
            finish_time: listing ? '2026-12-01T09:00:00+03:00' : null,
            autoload_item_id: null,
            vas: [],
          },
        };
      },
    }),
  );

  return router;
}
