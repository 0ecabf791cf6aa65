import type { Clock } from '@avito-autoreply/runtime';
import { type ErrorRequestHandler, Router } from 'express';
import type { EndpointFactory } from '../http/endpoint.ts';
import type { SwitchBoard } from '../switches.ts';
import type { Access } from './access.ts';
import { blacklistRoutes } from './blacklist.routes.ts';
import { chatRoutes } from './chat.routes.ts';
import type { Conversation } from './conversation.ts';
import type { ImageStore } from './image-store.ts';
import { imageRoutes } from './image.routes.ts';
import { itemRoutes } from './item.routes.ts';
import { messageRoutes } from './message.routes.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { refuse } from './refusals.ts';
import { subscriptionRoutes } from './subscription.routes.ts';
import { tokenRoutes } from './token.routes.ts';
import type { TokenStore } from './tokens.ts';
import type { World } from './world.ts';

export type AvitoRoutesDeps = {
  endpoint: EndpointFactory;
  access: Access;
  world: World;
  tokens: TokenStore;
  conversation: Conversation;
  images: ImageStore;
  limiter: RateLimiter;
  switches: SwitchBoard;
  clock: Clock;
};

/** A body that is not JSON, or too large, is a 400 of the API; nothing of ours shows through. */
const badBody: ErrorRequestHandler = (_error, _request, response, next) => {
  if (response.headersSent) next(_error);
  else response.status(400).json(refuse(400).body);
};

/** The Avito side. Whatever has no route, a wrong method included, is a 404 "route not found". */
export function avitoRoutes(deps: AvitoRoutesDeps): Router {
  const router = Router();
  // Images before messages: `messages/image` looks like the deletion of a message called "image".
  router.use(tokenRoutes(deps), chatRoutes(deps), imageRoutes(deps), messageRoutes(deps));
  router.use(blacklistRoutes(deps), itemRoutes(deps), subscriptionRoutes(deps));
  router.use((_request, response) => {
    response.status(404).json(refuse(404, 'route not found').body);
  });
  router.use(badBody);
  return router;
}
