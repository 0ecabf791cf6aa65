import type { Pool } from 'pg';
import type { Chat, ChatKey, ChatMode, Message } from '../model.ts';
import { type ChatRow, type MessageRow, toChat, toMessage } from '../rows.ts';
import { safeIntegerOrNull, toJson } from '../values.ts';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { giveChatToHuman } from './hand-off.ts';
import { lockChat } from './lock-chat.ts';

export type ChatFacts = ChatKey & {
  chatType?: string | null;
  itemId?: number | null;
  item?: unknown;
  buyerId?: number | null;
  buyerName?: string | null;
};

/** Chats and what was said in them, for the worker's use cases and the operator's lists. */
export function createChatsRepository(pool: Pool) {
  const run = createRunQuery(pool);

  const toHuman = ({ accountId, chatId, reason }: ChatKey & { reason: string }): Promise<Chat | undefined> =>
    withTransaction(pool, async (inTransaction) => {
      if (!(await lockChat(inTransaction, { accountId, chatId }))) return undefined;
      await giveChatToHuman(inTransaction, { accountId, chatId, reason });
      return lockChat(inTransaction, { accountId, chatId });
    });

  return {
    async findChat({ accountId, chatId }: ChatKey): Promise<Chat | undefined> {
      const [row] = await run<ChatRow>('select * from chats where account_id = $1 and chat_id = $2', [
        accountId,
        chatId,
      ]);
      return row && toChat(row);
    },

    /** Keeps what Avito tells about a chat. Facts that are not given stay as they are; an unknown chat is created. */
    async describeChat(facts: ChatFacts): Promise<void> {
      await run(
        `insert into chats as chat (account_id, chat_id, chat_type, item_id, item, buyer_id, buyer_name)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (account_id, chat_id) do update
            set chat_type = coalesce(excluded.chat_type, chat.chat_type),
                item_id = coalesce(excluded.item_id, chat.item_id),
                item = coalesce(excluded.item, chat.item),
                buyer_id = coalesce(excluded.buyer_id, chat.buyer_id),
                buyer_name = coalesce(excluded.buyer_name, chat.buyer_name)`,
        [
          facts.accountId,
          facts.chatId,
          facts.chatType ?? null,
          safeIntegerOrNull(facts.itemId),
          facts.item === undefined || facts.item === null ? null : toJson(facts.item),
          safeIntegerOrNull(facts.buyerId),
          facts.buyerName ?? null,
        ],
      );
    },

    /** A person is needed or has stepped in: see giveChatToHuman. Safe to repeat; undefined for an unknown chat. */
    handOff: toHuman,

    /** The owner switches automatic answers off for a chat. Undefined for an unknown chat. */
    pauseChat: ({ accountId, chatId, reason = 'paused' }: ChatKey & { reason?: string }) =>
      toHuman({ accountId, chatId, reason }),

    /** Back to automatic, from the next message on: what was held meanwhile stays held. Undefined for an unknown chat. */
    async resumeChat({ accountId, chatId }: ChatKey): Promise<Chat | undefined> {
      const [row] = await run<ChatRow>(
        `update chats
            set mode = 'auto', mode_reason = null, updated_at = clock_timestamp(),
                mode_changed_at = case when mode = 'auto' then mode_changed_at else clock_timestamp() end
          where account_id = $1 and chat_id = $2
          returning *`,
        [accountId, chatId],
      );
      return row && toChat(row);
    },

    /** The latest activity first. */
    async listChats({
      accountId,
      mode,
      limit = 100,
      offset = 0,
    }: {
      accountId: number;
      mode?: ChatMode | undefined;
      limit?: number | undefined;
      offset?: number | undefined;
    }): Promise<Chat[]> {
      const rows = await run<ChatRow>(
        `select * from chats where account_id = $1 and ($2::text is null or mode = $2)
          order by updated_at desc, chat_id limit $3 offset $4`,
        [accountId, mode ?? null, limit, offset],
      );
      return rows.map(toChat);
    },

    /** The newest `limit` messages of a chat, oldest first. */
    async listMessages({
      accountId,
      chatId,
      limit = 100,
    }: ChatKey & { limit?: number | undefined }): Promise<Message[]> {
      const rows = await run<MessageRow>(
        `select * from messages where account_id = $1 and chat_id = $2
          order by created_at desc, received_at desc, message_id desc limit $3`,
        [accountId, chatId, limit],
      );
      return rows.map(toMessage).toReversed();
    },

    /** Buyers' messages that nobody answers automatically, with the reason; the newest first. */
    async listHeldMessages({
      accountId,
      limit = 100,
    }: {
      accountId: number;
      limit?: number | undefined;
    }): Promise<Message[]> {
      const rows = await run<MessageRow>(
        `select * from messages
          where account_id = $1 and direction = 'in' and decision in ('hold', 'handoff')
          order by received_at desc, message_id limit $2`,
        [accountId, limit],
      );
      return rows.map(toMessage);
    },
  };
}
