import type { Request } from 'express';
import type { Refuse } from '../http/refusal.ts';
import type { SwitchBoard } from '../switches.ts';
import type { Account, Chat } from './model.ts';
import { refuse as refuseByMessenger, refuseAtGateway } from './refusals.ts';
import { scopeOf } from './scopes.ts';
import type { TokenStore } from './tokens.ts';
import type { World } from './world.ts';

export type Access = {
  /** The account whose token the request carries; throws a Refusal without a valid one. */
  account: (request: Request, refuse?: Refuse) => Account;
  /** The same, and `{user_id}` of the path must be that account: 403 for any other. */
  owner: (request: Request, refuse?: Refuse) => Account;
  /** The same, and the chat must be one of that account: 404 for any other. */
  chat: (request: Request) => { account: Account; chat: Chat };
};

export function createAccess({
  world,
  tokens,
  switches,
}: {
  world: World;
  tokens: TokenStore;
  switches: SwitchBoard;
}): Access {
  const refuseExpired = () => {
    const { expiredTokenStatus: status, expiredTokenBody } = switches.current();
    const message = 'access token expired';
    return expiredTokenBody === 'gateway'
      ? refuseAtGateway(status, message)
      : refuseByMessenger(status, message);
  };

  const account = (request: Request, refuse: Refuse = refuseByMessenger): Account => {
    const token = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
    if (token === undefined) throw refuse(401);
    const found = tokens.find(token);
    if (found.kind === 'expired') throw refuseExpired();
    const known = found.kind === 'valid' ? world.account(found.accountId) : undefined;
    if (found.kind !== 'valid' || !known) throw refuse(401);
    const isGranted = found.scopes?.includes(scopeOf(request)) ?? true;
    if (!isGranted && switches.current().scopes === 'enforced') throw refuse(403);
    return known;
  };

  const owner = (request: Request, refuse: Refuse = refuseByMessenger): Account => {
    const own = account(request, refuse);
    if (request.params['userId'] !== String(own.id)) throw refuse(403);
    return own;
  };

  return {
    account,
    owner,
    chat: (request) => {
      const own = owner(request);
      const chat = world.chat(String(request.params['chatId']));
      if (chat?.accountId !== own.id) throw refuseByMessenger(404);
      return { account: own, chat };
    },
  };
}
