import type { Clock } from '@avito-autoreply/runtime';
import { newChatId, newMessageId } from './ids.ts';
import type { MessageContent, MessageType } from './content.ts';
import type { Account, Buyer, Chat, ChatType, Listing, Message } from './model.ts';

export type World = {
  accounts: () => readonly Account[];
  account: (id: number) => Account | undefined;
  /** An account with the same id is replaced, its chats go. */
  putAccount: (account: Account) => void;
  openChat: (chat: {
    accountId: number;
    type: ChatType;
    buyer: Buyer;
    listing: Listing | undefined;
    id?: string | undefined;
  }) => Chat;
  chat: (id: string) => Chat | undefined;
  /** Most recently updated first. */
  chatsOf: (accountId: number) => readonly Chat[];
  addMessage: (message: {
    chat: Chat;
    authorId: number;
    type: MessageType;
    content: MessageContent;
    /** Unix seconds; default now. */
    created?: number | undefined;
  }) => Message;
  /** Forgets everything and starts again with the accounts of the beginning. */
  reset: () => void;
};

export function createWorld({ clock, initial }: { clock: Clock; initial: () => Account[] }): World {
  const accounts = new Map<number, Account>();
  const chats = new Map<string, Chat>();
  const seconds = () => Math.floor(clock.now() / 1_000);

  const putAccount = (account: Account) => {
    for (const chat of chats.values()) if (chat.accountId === account.id) chats.delete(chat.id);
    accounts.set(account.id, account);
  };
  const reset = () => {
    accounts.clear();
    chats.clear();
    initial().forEach(putAccount);
  };
  reset();

  return {
    accounts: () => [...accounts.values()],
    account: (id) => accounts.get(id),
    putAccount,
    openChat: ({ accountId, type, buyer, listing, id = newChatId(type) }) => {
      const now = seconds();
      const chat: Chat = { id, accountId, type, created: now, updated: now, buyer, listing, messages: [] };
      chats.set(id, chat);
      return chat;
    },
    chat: (id) => chats.get(id),
    chatsOf: (accountId) =>
      [...chats.values()]
        .filter((chat) => chat.accountId === accountId)
        .toSorted((left, right) => right.updated - left.updated),
    addMessage: ({ chat, authorId, type, content, created = seconds() }) => {
      const direction = authorId === chat.accountId ? 'out' : 'in';
      const message: Message = {
        id: newMessageId(),
        authorId,
        created,
        direction,
        type,
        content,
        isRead: direction === 'out',
        read: null,
      };
      // Who writes has seen what was written to him before.
      if (authorId === chat.buyer.id) {
        for (const earlier of chat.messages) if (earlier.direction === 'out') earlier.read ??= created;
      }
      chat.messages.push(message);
      chat.updated = Math.max(chat.updated, created);
      return message;
    },
    reset,
  };
}

/** Newest first, as Avito lists them; of one second, the later arrival first. */
export function newestFirst(messages: readonly Message[]): Message[] {
  return messages
    .map((message, arrival) => ({ message, arrival }))
    .toSorted((left, right) => right.message.created - left.message.created || right.arrival - left.arrival)
    .map(({ message }) => message);
}
