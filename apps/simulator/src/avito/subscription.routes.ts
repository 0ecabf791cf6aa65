import { json, type Request, Router } from 'express';
import { z } from 'zod';
import type { EndpointFactory } from '../http/endpoint.ts';
import type { SwitchBoard } from '../switches.ts';
import type { Access } from './access.ts';
import { parseFields } from './query.ts';
import { refuse } from './refusals.ts';

const urlBody = z.object({ url: z.httpUrl().or(z.url({ protocol: /^https?$/ })) });

/** List (by POST), register (v3) and remove webhooks. Plain http addresses are taken, as on the live API. */
export function subscriptionRoutes({
  endpoint,
  access,
  switches,
}: {
  endpoint: EndpointFactory;
  access: Access;
  switches: SwitchBoard;
}): Router {
  const urlOf = (request: Request) => parseFields(urlBody, request.body).url;
  const router = Router({ strict: true, caseSensitive: true });

  router.post(
    '/messenger/v1/subscriptions',
    endpoint({
      name: 'list-subscriptions',
      refuse,
      handle: (request) => ({ body: { subscriptions: access.account(request).subscriptions } }),
    }),
  );

  router.post(
    '/messenger/v3/webhook',
    json(),
    endpoint({
      name: 'register-webhook',
      refuse,
      handle: (request) => {
        const account = access.account(request);
        const url = urlOf(request);
        const others = account.subscriptions.filter((subscription) => subscription.url !== url);
        const kept = switches.current().subscriptionMode === 'multi' ? others : [];
        account.subscriptions = [...kept, { url, version: '3' }];
        return { body: { ok: true } };
      },
    }),
  );

  router.post(
    '/messenger/v1/webhook/unsubscribe',
    json(),
    endpoint({
      name: 'unregister-webhook',
      refuse,
      handle: (request) => {
        const account = access.account(request);
        const url = urlOf(request);
        // Whether Avito minds an unknown address is not known; the end is the same.
        account.subscriptions = account.subscriptions.filter((subscription) => subscription.url !== url);
        return { body: { ok: true } };
      },
    }),
  );

  return router;
}
