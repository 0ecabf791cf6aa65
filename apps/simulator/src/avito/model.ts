import type { MessageContent, MessageType } from './content.ts';

export const chatTypes = ['u2i', 'u2u', 'a2u'] as const;
export type ChatType = (typeof chatTypes)[number];

/** What the chat shows of the item; Avito's API never gives the description. */
export type Listing = {
  id: number;
  title: string;
  /** With Avito's no-break space between thousands: `64\u00a0990 ₽`. */
  priceString: string;
  url: string;
  /** 4 and 10 were seen for active items, 20 means removed. */
  statusId: number;
  location: { title: string; lat: number; lon: number };
};

type BlacklistEntry = { userId: number; itemId: number | undefined; reasonId: number };

type Subscription = { url: string; version: string };

export type Account = {
  id: number;
  name: string;
  email: string;
  phone: string;
  clientId: string;
  clientSecret: string;
  /** HMAC key of the webhook signature; without it events are not signed. */
  webhookSecret: string | undefined;
  listings: Listing[];
  subscriptions: Subscription[];
  blacklist: BlacklistEntry[];
};

export type Buyer = { id: number; name: string };

export type Message = {
  id: string;
  authorId: number;
  /** Unix seconds, as on the wire. */
  created: number;
  direction: 'in' | 'out';
  type: MessageType;
  content: MessageContent;
  isRead: boolean;
  /** Unix seconds when the other side read it. */
  read: number | null;
};

export type Chat = {
  id: string;
  accountId: number;
  type: ChatType;
  created: number;
  updated: number;
  buyer: Buyer;
  /** Absent in profile chats. */
  listing: Listing | undefined;
  /** In order of arrival. */
  messages: Message[];
};
