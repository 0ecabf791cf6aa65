import type { Pool } from 'pg';
import type { ChatKey } from '../model.ts';
import { dropEmptyChat, wasErased } from '../privacy/is-erased.ts';
import { safeIntegerOrNull, toJson } from '../values.ts';
import { createRunQuery, type RunQuery, withTransaction } from '../with-transaction.ts';

export type ChatFacts = ChatKey & {
  chatType?: string | null;
  itemId?: number | null;
  item?: unknown;
  buyerId?: number | null;
  buyerName?: string | null;
};

/**
 * Keeps what Avito tells about a chat. Facts that are not given stay as they are. An unknown chat is created, one that
 * was erased is not.
 */
export async function describeChat(pool: Pool, facts: ChatFacts): Promise<void> {
  if (await describeKnown(createRunQuery(pool), facts)) return;
  await withTransaction(pool, async (run) => {
    await run('insert into chats (account_id, chat_id) values ($1, $2) on conflict do nothing', [
      facts.accountId,
      facts.chatId,
    ]);
    await describeKnown(run, facts);
    if (await wasErased(run, facts)) await dropEmptyChat(run, facts);
  });
}

async function describeKnown(run: RunQuery, facts: ChatFacts): Promise<boolean> {
  const rows = await run(
    `update chats
        set chat_type = coalesce($3, chat_type), item_id = coalesce($4, item_id), item = coalesce($5, item),
            buyer_id = coalesce($6, buyer_id), buyer_name = coalesce($7, buyer_name),
            item_checked_at = case when $8 then clock_timestamp() else item_checked_at end
      where account_id = $1 and chat_id = $2 returning chat_id`,
    [
      facts.accountId,
      facts.chatId,
      facts.chatType ?? null,
      safeIntegerOrNull(facts.itemId),
      facts.item === undefined || facts.item === null ? null : toJson(facts.item),
      safeIntegerOrNull(facts.buyerId),
      facts.buyerName ?? null,
      facts.item !== undefined,
    ],
  );
  return rows.length > 0;
}
