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
  code: z.string().optional(),
  refresh_token: z.string().optional(),
});

type TokenRoutesDeps = {
  endpoint: EndpointFactory;
  world: World;
  tokens: TokenStore;
  switches: SwitchBoard;
};

/** `POST /token` and `/token/`, form-encoded: client credentials, or a code or refresh token that works once. */
export function tokenRoutes({ endpoint, world, tokens, switches }: TokenRoutesDeps): Router {
  const issue = (request: Request) => {
    const form = tokenRequest.safeParse(request.body ?? {});
    if (!form.success) throw refuseToken(400, 'invalid_request');
    const { grant_type: grantType, client_id: clientId, client_secret: clientSecret } = form.data;
    const account = world
      .accounts()
      .find((known) => known.clientId === clientId && known.clientSecret === clientSecret);
    if (!account) throw refuseToken(401, 'invalid_client');
    const { tokenTtlSeconds: ttlSeconds } = switches.current();
    const answer = (scopes?: readonly string[]) => ({
      access_token: tokens.issue({ accountId: account.id, scopes, ttlSeconds }),
      expires_in: ttlSeconds,
      token_type: 'Bearer',
    });
    if (grantType === 'client_credentials') return { body: answer() };
    if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
      throw refuseToken(400, 'unsupported_grant_type');
    }
    const isCode = grantType === 'authorization_code';
    const value = isCode ? form.data.code : form.data.refresh_token;
    if (value === undefined) throw refuseToken(400, 'invalid_request');
    const granted = tokens.redeem({ kind: isCode ? 'code' : 'refresh', value });
    if (granted?.accountId !== account.id) throw refuseToken(400, 'invalid_grant');
    const { scopes = [] } = granted;
    return {
      body: {
        ...answer(scopes),
        refresh_token: tokens.issueRefreshToken(granted),
        scope: scopes.join(','),
      },
    };
  };

  const handler = endpoint({ name: 'token', refuse: (status) => refuseToken(status), handle: issue });
  const router = Router({ strict: true, caseSensitive: true });
  router.post(['/token', '/token/'], urlencoded({ extended: false }), handler);
  return router;
}
