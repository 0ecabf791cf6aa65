import { json, Router } from 'express';
import { z } from 'zod';
import type { EndpointFactory } from '../http/endpoint.ts';
import type { Access } from './access.ts';
import { parseFields } from './query.ts';
import { refuse } from './refusals.ts';

const blacklistBody = z.object({
  users: z
    .array(
      z.object({
        user_id: z.int().positive(),
        // 1 spam, 2 fraud, 3 abuse, 4 other.
        context: z.object({ item_id: z.int().positive().nullish(), reason_id: z.int().min(1).max(4) }),
      }),
    )
    .min(1),
});

/** The blacklist takes and keeps; nobody documents what else follows, so the buyer may go on writing. */
export function blacklistRoutes({ endpoint, access }: { endpoint: EndpointFactory; access: Access }): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router.post(
    '/messenger/v2/accounts/:userId/blacklist',
    json(),
    endpoint({
      name: 'blacklist',
      refuse,
      handle: (request) => {
        const account = access.owner(request);
        const added = parseFields(blacklistBody, request.body).users.map(({ user_id: userId, context }) => ({
          userId,
          itemId: context.item_id ?? undefined,
          reasonId: context.reason_id,
        }));
        account.blacklist.push(...added);
        return { body: {} };
      },
    }),
  );
  return router;
}
