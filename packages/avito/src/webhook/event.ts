import { z } from 'zod';
import { chatTypeOf } from '../wire/chat.ts';
import { contentField, flowIdOf, type MessageContent, textOf } from '../wire/content.ts';
import {
  numericId,
  optional,
  optionalId,
  optionalText,
  optionalTime,
  textId,
  unixSeconds,
} from '../wire/fields.ts';
import { problemsOf } from '../wire/problems.ts';
import { storableJson } from '../wire/storable-json.ts';

/** A message that Avito reports: a buyer's, our own coming back, or one of Avito's. Fit for storing. */
export type WebhookMessage = {
  /** Avito's user id of the account that the webhook belongs to. */
  accountId: number;
  messageId: string;
  chatId: string;
  chatType: string | null;
  authorId: number;
  /** text, image, system, item, call, link, location, deleted, appCall, file, video, voice, or something newer. */
  type: string;
  /** What can be read in it; null for images, voice and the like. */
  text: string | null;
  content: MessageContent;
  /** The flow of Avito's chat-bot that wrote it. */
  flowId: string | null;
  itemId: number | null;
  /** By Avito's clock, to the second. */
  createdAt: Date;
  publishedAt: Date | null;
  /** When this delivery was sent. */
  sentAt: Date | null;
};

export type UnrecognizedReason =
  /** `{}`, which Avito sends to see whether the address is alive. */
  | 'empty'
  | 'not-an-object'
  | 'unknown-payload-type'
  /** A message without a field that we cannot do without; `detail` names it. */
  | 'incomplete-message';

type UnrecognizedEvent = {
  kind: 'unrecognized';
  reason: UnrecognizedReason;
  detail: string;
  accountId: number | null;
};

export type WebhookEvent = { kind: 'message'; event: WebhookMessage } | UnrecognizedEvent;

/** Whose event it is, and which. */
export type WebhookIdentity =
  | ({ kind: 'message' } & Pick<WebhookMessage, 'accountId' | 'messageId'>)
  | UnrecognizedEvent;

const messageValue = z.object({
  id: textId,
  chat_id: textId,
  user_id: numericId,
  author_id: numericId,
  created: unixSeconds,
  type: z.string().min(1).max(100),
  chat_type: optionalText,
  content: contentField,
  item_id: optionalId,
  published_at: optional(z.iso.datetime({ offset: true }).transform((text) => new Date(text))),
});

// The version is never looked at: the documentation and reality give different ones.
const envelope = z.object({
  timestamp: optionalTime,
  payload: z.object({ type: optionalText, value: optional(z.looseObject({ user_id: optionalId })) }),
});

// All that a message cannot do without: whatever else is odd reads as null.
const soundMessage = z.object({
  payload: z.object({
    type: z.literal('message'),
    value: messageValue.pick({
      id: true,
      chat_id: true,
      user_id: true,
      author_id: true,
      created: true,
      type: true,
    }),
  }),
});

/**
 * Says of `storableJson` what `parseWebhookEvent` says of it, and reads no more of a sound message than that takes: for
 * those who pass events on.
 */
export function identifyWebhookEvent(json: unknown): WebhookIdentity {
  const sound = soundMessage.safeParse(json);
  if (sound.success) {
    const { id: messageId, user_id: accountId } = sound.data.payload.value;
    return { kind: 'message', accountId, messageId };
  }
  const parsed = parseWebhookEvent(json);
  if (parsed.kind === 'unrecognized') return parsed;
  const { accountId, messageId } = parsed.event;
  return { kind: 'message', accountId, messageId };
}

/** Reads a webhook's JSON. Unknown types and odd fields are an outcome, never an exception. */
export function parseWebhookEvent(json: unknown): WebhookEvent {
  const unrecognized = (reason: UnrecognizedReason, detail = '', accountId: number | null = null) =>
    ({ kind: 'unrecognized', reason, detail, accountId }) as const;

  if (typeof json !== 'object' || json === null || Array.isArray(json)) return unrecognized('not-an-object');
  if (Object.keys(json).length === 0) return unrecognized('empty');
  const delivery = envelope.safeParse(storableJson(json));
  if (!delivery.success) return unrecognized('unknown-payload-type', problemsOf(delivery.error));
  const { timestamp, payload } = delivery.data;
  const accountId = payload.value?.user_id ?? null;
  if (payload.type !== 'message') {
    return unrecognized('unknown-payload-type', payload.type?.slice(0, 100), accountId);
  }
  const message = messageValue.safeParse(payload.value);
  if (!message.success) return unrecognized('incomplete-message', problemsOf(message.error), accountId);

  const { content, ...value } = message.data;
  return {
    kind: 'message',
    event: {
      accountId: value.user_id,
      messageId: value.id,
      chatId: value.chat_id,
      chatType: value.chat_type ?? chatTypeOf(value.chat_id),
      authorId: value.author_id,
      type: value.type,
      text: textOf(content),
      content,
      flowId: flowIdOf(content),
      itemId: value.item_id,
      createdAt: value.created,
      publishedAt: value.published_at,
      sentAt: timestamp,
    },
  };
}
