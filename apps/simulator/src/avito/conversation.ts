import type { Clock } from '@avito-autoreply/runtime';
import type { DeliveryKind, DeliveryRecord, SendRecord } from '../ledger/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SwitchBoard } from '../switches.ts';
import type { MessageContent, MessageType } from './content.ts';
import type { Dispatcher, Parcel } from './dispatcher.ts';
import type { Account, Chat, Message } from './model.ts';
import { eventOnWire } from './wire.ts';
import type { World } from './world.ts';

type Written = { message: Message; eventId: string; deliver: () => Promise<DeliveryRecord[]> };

export type Conversation = {
  /** Stores what the buyer wrote; the event goes out when `deliver` is called. */
  buyerWrites: (message: {
    chat: Chat;
    type: MessageType;
    content: MessageContent;
    created?: number | undefined;
  }) => Written;
  /** A message of Avito's chat-bot; authors 0 and 1 were seen. */
  systemWrites: (message: { chat: Chat; content: MessageContent; authorId: number }) => Written;
  /** Stores a text of the account's employee, written in the app; the echo is on its way. */
  operatorWrites: (message: { chat: Chat; text: string }) => Message;
  /** Stores what the API sends; the echo goes out as the switch says, at the latest with `afterwards`. */
  sendByApi: (message: { chat: Chat; type: 'text' | 'image'; content: MessageContent }) => Promise<{
    message: Message;
    afterwards: () => void;
  }>;
  /** The same bytes again; undefined for an event that never was. */
  redeliver: (id: {
    eventId?: string | undefined;
    messageId?: string | undefined;
  }) => Promise<DeliveryRecord[]> | undefined;
  clear: () => void;
};

type OwnMessage = { chat: Chat; type: 'text' | 'image'; content: MessageContent; by: SendRecord['by'] };

type ConversationDeps = {
  world: World;
  dispatcher: Dispatcher;
  ledger: Ledger;
  switches: SwitchBoard;
  clock: Clock;
};

const textOf = (content: MessageContent) =>
  typeof content['text'] === 'string' ? content['text'] : undefined;

/** Who writes what in a chat: the message is stored, the ledger knows, the event is made ready. */
export function createConversation({
  world,
  dispatcher,
  ledger,
  switches,
  clock,
}: ConversationDeps): Conversation {
  const parcels = new Map<string, Parcel>();

  const accountOf = (chat: Chat): Account => {
    const account = world.account(chat.accountId);
    // Replacing an account removes its chats, so a chat in hand has its account.
    if (!account) throw new TypeError(`chat ${chat.id} has no account`);
    return account;
  };

  const prepare = (kind: DeliveryKind, { chat, message }: { chat: Chat; message: Message }): Written => {
    const event = eventOnWire({ chat, message, nowMs: clock.now(), fields: switches.current() });
    const parcel: Parcel = {
      account: accountOf(chat),
      kind,
      body: Buffer.from(JSON.stringify(event), 'utf8'),
      eventId: event.id,
      chatId: chat.id,
      messageId: message.id,
    };
    parcels.set(event.id, parcel);
    return { message, eventId: event.id, deliver: () => dispatcher.deliver(parcel) };
  };

  const send = ({ chat, type, content, by }: OwnMessage) => {
    const message = world.addMessage({ chat, authorId: chat.accountId, type, content });
    ledger.addSend({
      at: clock.now(),
      accountId: chat.accountId,
      chatId: chat.id,
      messageId: message.id,
      text: textOf(content) ?? JSON.stringify(content),
      by,
    });
    return { message, deliverEcho: prepare('echo', { chat, message }).deliver };
  };

  return {
    buyerWrites: ({ chat, ...rest }) => {
      const message = world.addMessage({ chat, authorId: chat.buyer.id, ...rest });
      ledger.addBuyerMessage({
        at: clock.now(),
        accountId: chat.accountId,
        chatId: chat.id,
        messageId: message.id,
        type: message.type,
        text: textOf(message.content),
      });
      return prepare('buyer', { chat, message });
    },
    systemWrites: ({ chat, content, authorId }) => {
      const message = world.addMessage({ chat, authorId, type: 'system', content });
      return prepare('system', { chat, message });
    },
    operatorWrites: ({ chat, text }) => {
      const { message, deliverEcho } = send({ chat, type: 'text', content: { text }, by: 'operator' });
      void deliverEcho();
      return message;
    },
    sendByApi: async (own) => {
      const { message, deliverEcho } = send({ ...own, by: 'api' });
      const { echo } = switches.current();
      if (echo === 'before') await deliverEcho();
      return { message, afterwards: () => (echo === 'after' ? void deliverEcho() : undefined) };
    },
    redeliver: ({ eventId, messageId }) => {
      const parcel =
        eventId === undefined
          ? [...parcels.values()].find((candidate) => candidate.messageId === messageId)
          : parcels.get(eventId);
      return parcel && dispatcher.deliver(parcel);
    },
    clear: () => parcels.clear(),
  };
}
