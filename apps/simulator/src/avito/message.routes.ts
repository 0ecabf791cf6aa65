import type { Clock } from '@avito-autoreply/runtime';
import { json, Router } from 'express';
import { z } from 'zod';
import type { EndpointFactory } from '../http/endpoint.ts';
import type { SwitchBoard } from '../switches.ts';
import type { Access } from './access.ts';
import type { Conversation } from './conversation.ts';
import type { Message } from './model.ts';
import { pageOf, pageQuery, parseFields, parseQuery, voicesQuery } from './query.ts';
import { refuse } from './refusals.ts';
import { messageOnWire } from './wire.ts';
import { newestFirst, type World } from './world.ts';

/** The schema of the documentation demands `url` here, by mistake: type and message are what counts. */
const sendBody = z.object({
  type: z.literal('text'),
  // Counted in UTF-16 units: whichever way Avito counts, a text that passes here passes there.
  message: z.object({ text: z.string().min(1).max(1_000) }),
});

// Documented: a message can be deleted within the hour; the status of a later try is our guess.
const DELETABLE_MS = 3_600_000;
const VOICE_URL_SECONDS = 3_600;

function voiceIdOf({ content }: Message): unknown {
  const { voice } = content;
  return typeof voice === 'object' && voice !== null && 'voice_id' in voice ? voice.voice_id : undefined;
}

type MessageRoutesDeps = {
  world: World;
  clock: Clock;
  endpoint: EndpointFactory;
  access: Access;
  conversation: Conversation;
  switches: SwitchBoard;
};

/** Message list (v3), sending a text, deleting a message, addresses of voice messages (v1). */
export function messageRoutes({
  endpoint,
  access,
  world,
  conversation,
  switches,
  clock,
}: MessageRoutesDeps): Router {
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
        const { message, afterwards } = await conversation.sendByApi({
          chat,
          type: 'text',
          content: { text },
        });
        const { id, created, direction, type, content } = message;
        return { body: { id, created, direction, type, content }, afterwards };
      },
    }),
  );

  router.post(
    '/messenger/v1/accounts/:userId/chats/:chatId/messages/:messageId',
    endpoint({
      name: 'delete-message',
      refuse,
      handle: (request) => {
        const { chat } = access.chat(request);
        const message = chat.messages.find(({ id }) => id === request.params['messageId']);
        if (!message) throw refuse(404);
        if (message.direction === 'in') throw refuse(403);
        if (clock.now() - message.created * 1_000 >= DELETABLE_MS) throw refuse(400, 'message is too old');
        message.type = 'deleted';
        message.content = {};
        return { body: {} };
      },
    }),
  );

  router.get(
    '/messenger/v1/accounts/:userId/getVoiceFiles',
    endpoint({
      name: 'voice-files',
      refuse,
      handle: (request) => {
        const account = access.owner(request);
        const { voice_ids: wanted } = parseQuery(voicesQuery, request);
        const own = new Set(world.chatsOf(account.id).flatMap(({ messages }) => messages.map(voiceIdOf)));
        const until = Math.floor(clock.now() / 1_000) + VOICE_URL_SECONDS;
        const urlOf = (id: string) =>
          `http://${request.get('host')}/voices/${encodeURIComponent(id)}.mp4?until=${until}`;
        // Which error a foreign voice gets is not known: it has no address.
        const known = wanted.filter((id) => own.has(id));
        return { body: { voices_urls: Object.fromEntries(known.map((id) => [id, urlOf(id)])) } };
      },
    }),
  );

  return router;
}
