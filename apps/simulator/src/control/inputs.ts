import { z } from 'zod';
import { messageTypeField } from '../avito/content.ts';
import { chatTypes } from '../avito/model.ts';

const id = z.int().nonnegative();

/** Which chat: an open one by its id, or a new one of a buyer on a listing. The same buyer on the same listing comes back to his chat. */
export const chatChoice = z.strictObject({
  chatId: z.string().min(1).optional(),
  /** Default: the first account. */
  accountId: id.optional(),
  /** Default: the account's first listing. */
  itemId: id.optional(),
  /** Default: a new buyer. */
  buyerId: id.optional(),
  buyerName: z.string().optional(),
  chatType: z.enum(chatTypes).optional(),
});
export type ChatChoice = z.infer<typeof chatChoice>;

export const buyerMessage = chatChoice.extend({
  type: messageTypeField.optional(),
  text: z.string().optional(),
  /** Replaces the sample content of the type. */
  content: z.record(z.string(), z.unknown()).optional(),
  /** Unix seconds; default now. */
  created: id.optional(),
  /** False: the webhook never comes, the message is in the history only. */
  deliver: z.boolean().optional(),
  /** True: the answer waits for the deliveries and holds them. */
  awaitDelivery: z.boolean().optional(),
});
export type BuyerMessage = z.infer<typeof buyerMessage>;

export const burst = chatChoice.extend({
  texts: z.array(z.string().min(1)).min(1),
  /** So many new chats get the same texts; default 1. */
  buyers: z.int().min(1).max(100_000).optional(),
  /** Between the messages of one chat. */
  intervalMs: z.int().nonnegative().optional(),
  /** Between one buyer's first message and the next one's. */
  staggerMs: z.int().nonnegative().optional(),
});
export type Burst = z.infer<typeof burst>;

export const operatorMessage = z.strictObject({ chatId: z.string().min(1), text: z.string().min(1) });

export const systemMessage = chatChoice.extend({
  text: z.string().optional(),
  flowId: z.string().optional(),
  authorId: z.union([z.literal(0), z.literal(1)]).optional(),
});
export type SystemMessage = z.infer<typeof systemMessage>;

export const redelivery = z
  .strictObject({
    eventId: z.string().optional(),
    messageId: z.string().optional(),
    times: z.int().min(1).max(1_000).optional(),
  })
  .refine((input) => (input.eventId === undefined) !== (input.messageId === undefined), {
    message: 'give one of eventId and messageId',
  });
export type Redelivery = z.infer<typeof redelivery>;

export const rawDelivery = z.strictObject({
  accountId: id.optional(),
  /** The exact body. */
  body: z.string().optional(),
  /** Or a value that is written as JSON. */
  json: z.json().optional(),
  contentType: z.string().optional(),
  /** Default `valid`; anything but the three words is sent as the header's value. */
  signature: z.string().optional(),
});
export type RawDelivery = z.infer<typeof rawDelivery>;

export const newListing = z.strictObject({
  accountId: id.optional(),
  id: id.optional(),
  title: z.string().min(1),
  /** `52 990 ₽`: no-break spaces between the thousands are put in. */
  priceString: z.string().min(1),
  url: z.url().optional(),
  statusId: z.int().optional(),
});
export type NewListing = z.infer<typeof newListing>;

export const newAccount = z.strictObject({
  id,
  name: z.string().min(1).optional(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  webhookSecret: z.string().min(1).optional(),
  /** Default: the listings of the sample shop. */
  listings: z.array(newListing.omit({ accountId: true })).optional(),
});
export type NewAccount = z.infer<typeof newAccount>;

export const waitInput = z.strictObject({
  /** At most this long; default 30 s. */
  timeoutMs: z.int().min(1).max(600_000).optional(),
  /** All answered, and no further send for so long: catches the second answer. Default 0. */
  settleMs: z.int().nonnegative().optional(),
});
export type WaitInput = z.infer<typeof waitInput>;

export const whichAccount = z.strictObject({ accountId: id.optional() });

export const consent = whichAccount.extend({
  /** Default: what our consent page asks for. */
  scopes: z.array(z.string().min(1)).optional(),
});
export type Consent = z.infer<typeof consent>;
