import { Router } from 'express';
import type { EndpointFactory } from '../http/endpoint.ts';
import type { Access } from './access.ts';
import type { Chat } from './model.ts';
import { chatsQuery, pageOf, parseQuery } from './query.ts';
import { refuse } from './refusals.ts';
import { chatOnWire } from './wire.ts';
import type { World } from './world.ts';

const isUnread = (chat: Chat) => chat.messages.some((message) => !message.isRead);

/** Own account, chat list, one chat, read mark. */
export function chatRoutes({
  endpoint,
  access,
  world,
}: {
  endpoint: EndpointFactory;
  access: Access;
  world: World;
}): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get(
    '/core/v1/accounts/self',
    endpoint({
      name: 'self',
      refuse,
      handle: (request) => {
        const { id, name, email, phone } = access.account(request);
        const profileUrl = `https://www.avito.example/user/${id}/profile`;
        return { body: { id, name, email, phone, phones: [phone], profile_url: profileUrl } };
      },
    }),
  );

  router.get(
    '/messenger/v2/accounts/:userId/chats',
    endpoint({
      name: 'list-chats',
      refuse,
      handle: (request) => {
        const account = access.owner(request);
        const query = parseQuery(chatsQuery, request);
        const chats = world
          .chatsOf(account.id)
          .filter((chat) => query.chat_types.includes(chat.type))
          .filter((chat) => query.item_ids.length === 0 || query.item_ids.includes(chat.listing?.id ?? -1))
          .filter((chat) => !query.unread_only || isUnread(chat));
        const { entries, hasMore } = pageOf(chats, query);
        return {
          body: {
            chats: entries.map((chat) => chatOnWire({ account, chat })),
            meta: { has_more: hasMore },
          },
        };
      },
    }),
  );

  router.get(
    '/messenger/v2/accounts/:userId/chats/:chatId',
    endpoint({
      name: 'get-chat',
      refuse,
      handle: (request) => ({ body: chatOnWire(access.chat(request)) }),
    }),
  );

  router.post(
    '/messenger/v1/accounts/:userId/chats/:chatId/read',
    endpoint({
      name: 'mark-read',
      refuse,
      handle: (request) => {
        for (const message of access.chat(request).chat.messages) message.isRead = true;
        return { body: { ok: true } };
      },
    }),
  );

  return router;
}
