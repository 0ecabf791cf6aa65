import { type Request, Router, urlencoded } from 'express';
import { z } from 'zod';
import type { EndpointFactory } from '../http/endpoint.ts';
import type { SwitchBoard } from '../switches.ts';
import { refuseToken } from './refusals.ts';
import type { TokenStore } from './tokens.ts';
import type { World } from './world.ts';

const tokenRequest = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
});

type TokenRoutesDeps = {
  endpoint: EndpointFactory;
  world: World;
  tokens: TokenStore;
  switches: SwitchBoard;
};

/** `POST /token` and `/token/`, form-encoded, grant `client_credentials`. */
export function tokenRoutes({ endpoint, world, tokens, switches }: TokenRoutesDeps): Router {
  const issue = (request: Request) => {
    const form = tokenRequest.safeParse(request.body ?? {});
    if (!form.success) throw refuseToken(400, 'invalid_request');
    const { grant_type: grantType, client_id: clientId, client_secret: clientSecret } = form.data;
    if (grantType !== 'client_credentials') throw refuseToken(400, 'unsupported_grant_type');
    const account = world
      .accounts()
      .find((known) => known.clientId === clientId && known.clientSecret === clientSecret);
    if (!account) throw refuseToken(401, 'invalid_client');
    const { tokenTtlSeconds: ttlSeconds } = switches.current();
    return {
      body: {
        access_token: tokens.issue({ accountId: account.id, ttlSeconds }),
        expires_in: ttlSeconds,
        token_type: 'Bearer',
      },
    };
  };

  const handler = endpoint({ name: 'token', refuse: (status) => refuseToken(status), handle: issue });
  const router = Router({ strict: true, caseSensitive: true });
  router.post(['/token', '/token/'], urlencoded({ extended: false }), handler);
  return router;
}
