import {
  MAX_IMAGE_BYTES,
  MAX_TEXT_CHARACTERS,
  type SendOutcome,
  sendParts,
  type SentParts,
} from '@avito-autoreply/avito';
import { splitIntoParts } from '@avito-autoreply/rag';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import type { OperatorMessages } from '../avito/operator-messages.ts';
import { avitoChatErrors, avitoErrors } from './avito-errors.ts';
import {
  accountId,
  accountInBody,
  accountInQuery,
  chatInPath,
  listInQuery,
  messageInPath,
  requiredText,
  time,
  timeOrNull,
} from './fields.ts';

// Ten messages in a row; whoever has more to say sends a file by other means.
const MAX_PARTS = 10;
const MAX_CHARACTERS = MAX_PARTS * MAX_TEXT_CHARACTERS;

const tag = 'Avito';
const sendErrors = {
  ...avitoChatErrors,
  502: '`message.outcome-unknown`: it may have been sent, look into the chat first; or another `avito.…`: it was certainly not sent',
};

const unknownOutcome = (error: Error) =>
  new HttpError(
    `Nobody knows whether the message was sent (${error.message}). Look into the chat before you repeat it.`,
    { status: 502, code: 'message.outcome-unknown', cause: error },
  );

/** Sent, certainly not sent, or nobody knows: the last must not look like the second, or it is sent twice. */
function sentOrThrow(outcome: SendOutcome): Extract<SendOutcome, { outcome: 'sent' }> {
  if (outcome.outcome === 'unknown') throw unknownOutcome(outcome.error);
  if (outcome.outcome === 'not-sent') throw outcome.error;
  return outcome;
}

const partAnswer = (part: SentParts['parts'][number]) => ({
  outcome: part.outcome,
  ...(part.outcome === 'sent' ? { message_id: part.messageId } : {}),
  ...('error' in part ? { error: { code: part.error.code, message: part.error.message } } : {}),
});

/** The parts of a text that is in the chat with all of its parts. */
function partsOrThrow({ outcome, parts, error }: SentParts): Extract<SendOutcome, { outcome: 'sent' }>[] {
  if (error === undefined) return parts.filter((part) => part.outcome === 'sent');
  if (outcome === 'partly-sent') {
    const sent = parts.filter((part) => part.outcome === 'sent').length;
    const isUnknown = parts[sent]?.outcome === 'unknown';
    throw new HttpError(
      `The first ${sent} of ${parts.length} parts were sent; of part ${sent + 1} ${isUnknown ? 'nobody knows, so look into the chat' : 'it is certain that it was not'} (${error.message}). Send only what is missing.`,
      {
        status: 502,
        code: 'message.partly-sent',
        details: { parts: parts.map(partAnswer) },
        cause: error,
      },
    );
  }
  throw outcome === 'unknown' ? unknownOutcome(error) : error;
}

type AvitoMessageRoutesDeps = { accounts: Accounts; operatorMessages: OperatorMessages };

export function avitoMessageRoutes({ accounts, operatorMessages }: AvitoMessageRoutesDeps): Route[] {
  const sendMessage = defineRoute({
    method: 'post',
    path: '/api/v1/avito/chats/{chat_id}/messages',
    operationId: 'sendAvitoMessage',
    tag,
    summary: 'Send a message to the buyer',
    description: `Sent at once, and never repeated. Above ${MAX_TEXT_CHARACTERS} characters it becomes several messages, cut at the ends of sentences; the first that fails ends the sending. It counts as a person’s message, so the automatic answers of this chat pause; \`POST /api/v1/chats/{chat_id}/resume\` ends that.`,
    params: chatInPath,
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      text: requiredText
        .refine(
          (text) => Array.from(text).length <= MAX_CHARACTERS,
          `must be at most ${MAX_CHARACTERS} characters`,
        )
        .meta({ minLength: 1, maxLength: MAX_CHARACTERS }),
      ...accountInBody,
    }),
    response: z.strictObject({
      status: z.literal('sent'),
      account_id: accountId,
      chat_id: z.string(),
      message_id: z.string().meta({ description: 'Of the first part' }),
      created_at: time.nullable(),
      parts: z.array(z.strictObject({ message_id: z.string(), created_at: time.nullable() })),
    }),
    errors: {
      ...sendErrors,
      502: `${sendErrors[502]}; or \`message.partly-sent\`: \`error.details.parts\` says what came of each part`,
    },
    handle: async ({ params, query, body }) => {
      const { userId, avito } = accounts.select(query.account_id, body.account_id);
      const key = { accountId: userId, chatId: params.chat_id };
      const texts = splitIntoParts(body.text, MAX_TEXT_CHARACTERS);
      const result = await sendParts({ avito, userId, chatId: params.chat_id, texts });
      await operatorMessages.noteParts(key, { texts, parts: result.parts });
      const parts = partsOrThrow(result).map(({ messageId, createdAt }) => ({
        message_id: messageId,
        created_at: timeOrNull(createdAt),
      }));
      const [first = { message_id: '', created_at: null }] = parts;
      return { status: 'sent' as const, account_id: userId, chat_id: params.chat_id, ...first, parts };
    },
  });

  const sendImage = defineRoute({
    method: 'post',
    path: '/api/v1/avito/chats/{chat_id}/images',
    operationId: 'sendAvitoImage',
    tag,
    summary: 'Send an image to the buyer',
    description:
      'JPEG, PNG, GIF, BMP or HEIC up to 24 MB, as the body or as the one file of a form. Uploaded and then sent, once; it counts as a person’s message.',
    params: chatInPath,
    query: z.strictObject(accountInQuery),
    upload: {
      maxBytes: MAX_IMAGE_BYTES,
      types: ['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/heic'],
    },
    response: z.strictObject({
      status: z.literal('sent'),
      account_id: accountId,
      chat_id: z.string(),
      message_id: z.string(),
      image_id: z.string(),
      created_at: time.nullable(),
    }),
    errors: {
      ...sendErrors,
      413: '`avito.image-too-large`: above 24 MB; or `http.body-too-large`',
      415: '`avito.image-type`: the bytes are none of the five types; or `http.unsupported-media-type`',
    },
    handle: async ({ params, query, file, signal }) => {
      const { userId, avito } = accounts.select(query.account_id);
      const chatId = params.chat_id;
      const { imageId } = await avito.uploadImage({ userId, bytes: await file(), signal });
      const { messageId, createdAt } = sentOrThrow(await avito.sendImage({ userId, chatId, imageId }));
      await operatorMessages.note({
        accountId: userId,
        chatId,
        messageId,
        createdAt,
        type: 'image',
        text: null,
      });
      return {
        status: 'sent' as const,
        account_id: userId,
        chat_id: chatId,
        message_id: messageId,
        image_id: imageId,
        created_at: timeOrNull(createdAt),
      };
    },
  });

  const deleteMessage = defineRoute({
    method: 'delete',
    path: '/api/v1/avito/chats/{chat_id}/messages/{message_id}',
    operationId: 'deleteAvitoMessage',
    tag,
    summary: 'Delete one of our own messages, within an hour of sending it',
    params: messageInPath,
    query: z.strictObject(accountInQuery),
    response: z.strictObject({
      status: z.literal('deleted'),
      account_id: accountId,
      chat_id: z.string(),
      message_id: z.string(),
    }),
    errors: {
      ...avitoErrors,
      404: '`avito.not-found`: Avito does not know the chat or the message',
      409: '`avito.not-deletable`: it is older than an hour, or not ours',
    },
    handle: async ({ params: { chat_id: chatId, message_id: messageId }, query, signal }) => {
      const { userId, avito } = accounts.select(query.account_id);
      await avito.deleteMessage({ userId, chatId, messageId, signal });
      return { status: 'deleted' as const, account_id: userId, chat_id: chatId, message_id: messageId };
    },
  });

  const voiceUrls = defineRoute({
    method: 'get',
    path: '/api/v1/avito/voice-urls',
    operationId: 'getAvitoVoiceUrls',
    tag,
    summary: 'Where voice messages can be listened to, for an hour',
    query: z.strictObject({
      voice_ids: listInQuery(z.string().min(1).max(200), 'must be ids divided by commas').meta({
        description: 'The `voice_id` of each voice message, divided by commas',
      }),
      ...accountInQuery,
    }),
    response: z.strictObject({
      account_id: accountId,
      voices: z.array(
        z.strictObject({
          voice_id: z.string(),
          url: z.string().nullable().meta({ description: 'null when Avito gives none' }),
        }),
      ),
    }),
    errors: avitoErrors,
    handle: async ({ query, signal }) => {
      const { userId, avito } = accounts.select(query.account_id);
      const urls = await avito.getVoiceUrls({ userId, voiceIds: query.voice_ids, signal });
      return {
        account_id: userId,
        voices: query.voice_ids.map((id) => ({ voice_id: id, url: urls.get(id) ?? null })),
      };
    },
  });

  return [sendMessage, sendImage, deleteMessage, voiceUrls];
}
