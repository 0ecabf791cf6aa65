import { json, Router } from 'express';
import { z } from 'zod';
import type { EndpointFactory } from '../http/endpoint.ts';
import type { SwitchBoard } from '../switches.ts';
import type { Access } from './access.ts';
import type { Conversation } from './conversation.ts';
import { pageOf, pageQuery, parseFields, parseQuery } from './query.ts';
import { refuse } from './refusals.ts';
import { messageOnWire } from './wire.ts';
import { newestFirst } from './world.ts';

/** The schema of the documentation demands `url` here, by mistake: type and message are what counts. */
const sendBody = z.object({
  type: z.literal('text'),
  // Counted in UTF-16 units: whichever way Avito counts, a text that passes here passes there.
  message: z.object({ text: z.string().min(1).max(1_000) }),
});

type MessageRoutesDeps = {
  endpoint: EndpointFactory;
  access: Access;
  conversation: Conversation;
  switches: SwitchBoard;
};

/** Message list (v3) and sending a text (v1). */
export function messageRoutes({ endpoint, access, conversation, switches }: MessageRoutesDeps): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get(
    '/messenger/v3/accounts/:userId/chats/:chatId/messages/',
    endpoint({
      name: 'list-messages',
      refuse,
      handle: (request) => {
        const { chat } = access.chat(request);
        const page = pageOf(newestFirst(chat.messages), parseQuery(pageQuery, request));
        const messages = page.entries.map(messageOnWire);
        return {
          body:
            switches.current().historyEnvelope === 'array'
              ? messages
              : { messages, meta: { has_more: page.hasMore } },
        };
      },
    }),
  );

  router.post(
    '/messenger/v1/accounts/:userId/chats/:chatId/messages',
    json(),
    endpoint({
      name: 'send-text',
      refuse,
      handle: async (request) => {
        const { chat } = access.chat(request);
        const { text } = parseFields(sendBody, request.body).message;
        // No dedupe: the same text twice is two messages, as on Avito.
        const { message, deliverEcho } = conversation.sendText({ chat, text, by: 'api' });
        const { echo } = switches.current();
        if (echo === 'before') await deliverEcho();
        const { id, created, direction, type, content } = message;
        return {
          body: { id, created, direction, type, content },
          ...(echo === 'after' ? { afterwards: () => void deliverEcho() } : {}),
        };
      },
    }),
  );

  return router;
}
