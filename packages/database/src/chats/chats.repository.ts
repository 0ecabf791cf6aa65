import type { Pool } from 'pg';
import type { Chat, ChatKey, ChatMode, ChatReplyMode, Message } from '../model.ts';
import { type ChatRow, type MessageRow, toChat, toMessage } from '../rows.ts';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { switchedOnAt } from './account-starts.ts';
import { type ChatFacts, describeChat } from './describe-chat.ts';
import { giveChatToHuman, purposeful } from './hand-off.ts';
import { lockChat } from './lock-chat.ts';
import { resumeChat } from './resume-chat.ts';
import { type ReturnToAuto, returnToAuto } from './return-to-auto.ts';
import { readTurnFacts } from './turn-facts.ts';

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

    /** Keeps what Avito tells about a chat: see describeChat. */
    describeChat: (facts: ChatFacts) => describeChat(pool, facts),

    /** A person is needed or has stepped in: see giveChatToHuman. Safe to repeat; undefined for an unknown chat. */
    handOff: toHuman,

    /** The owner switches automatic answers off for a chat. Undefined for an unknown chat. */
    pauseChat: ({ accountId, chatId, reason = 'paused' }: ChatKey & { reason?: string }) =>
      toHuman({ accountId, chatId, reason }),

    /** Back to automatic, from the next message on: what was held meanwhile stays held. Undefined for an unknown chat. */
    resumeChat: (key: ChatKey) => resumeChat(run, key),

    /** Null: as the account's settings say. What waits already is judged anew when its turn comes. Undefined: unknown chat. */
    async setReplyMode({
      accountId,
      chatId,
      replyMode,
    }: ChatKey & { replyMode: ChatReplyMode | null }): Promise<Chat | undefined> {
      const [row] = await run<ChatRow>(
        `update chats set reply_mode = $3, updated_at = clock_timestamp()
          where account_id = $1 and chat_id = $2 returning *`,
        [accountId, chatId, replyMode],
      );
      return row && toChat(row);
    },

    /** After a time without an operator's word: see returnToAuto. */
    returnToAuto: (input: ReturnToAuto) =>
      withTransaction(pool, (inTransaction) => returnToAuto(inTransaction, input)),

    /** Chats that returnToAuto would give back, the longest silence first. */
    async silentChats({
      accountId,
      afterMs,
      limit = 100,
    }: {
      accountId: number;
      afterMs: number;
      limit?: number;
    }): Promise<ChatKey[]> {
      const rows = await run<ChatRow>(
        `select * from chats
          where account_id = $1 and mode = 'human' and mode_reason <> all($3)
            and mode_changed_at < clock_timestamp() - $2 * interval '1 ms'
          order by mode_changed_at limit $4`,
        [accountId, afterMs, purposeful, limit],
      );
      return rows.map(toChat).map(({ chatId }) => ({ accountId, chatId }));
    },

    /** What a turn's policy needs to know of the chat so far. */
    readTurnFacts: (key: ChatKey) => readTurnFacts(run, key),

    /** The moment of an account's first switch-on; this one, when there was none. */
    switchedOnAt: (accountId: number) => switchedOnAt(run, accountId),

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
