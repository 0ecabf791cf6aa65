import type { Pool } from 'pg';
import type { ReplyAction, ReplyMode } from '../model.ts';
import { HISTORY_MESSAGES, IS_SAID } from '../turns/history.ts';
import { createRunQuery } from '../with-transaction.ts';
import { safeIntegerOrNull } from '../values.ts';

/** An answered turn as it was: what was asked, what had been said before, what went out. */
export type StoredTurn = {
  replyId: string;
  chatId: string;
  createdAt: Date;
  question: string;
  /** Oldest first. */
  history: { authorKind: string; text: string }[];
  itemId: number | null;
  /** Of the listing what the chat's row keeps, which is what was last known of it. */
  item: unknown;
  text: string;
  mode: ReplyMode;
  action: ReplyAction;
  reason: string | null;
  trace: unknown;
};

type TurnRow = {
  id: string;
  chat_id: string;
  created_at: Date;
  question: string;
  history: { authorKind: string; text: string }[] | null;
  item_id: string | null;
  item: unknown;
  text: string;
  mode: ReplyMode;
  action: ReplyAction;
  reason: string | null;
  trace: unknown;
};

/** Answered turns, to be asked again with the history that they were composed with. Reads only. */
export function createReplayRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** The newest `limit` of them, oldest first; drafts that never left are among them, what a later turn took over is not. */
    async listTurns({
      accountId,
      since,
      limit,
    }: {
      accountId: number;
      since?: Date | undefined;
      limit: number;
    }): Promise<StoredTurn[]> {
      const rows = await run<TurnRow>(
        `select r.id, r.chat_id, r.created_at, r.question, r.text, r.mode, r.action, r.reason, r.trace,
                c.item_id, c.item, h.history
           from replies r
           join chats c on c.account_id = r.account_id and c.chat_id = r.chat_id
           left join lateral (
             select json_agg(json_build_object('authorKind', m.author_kind, 'text', coalesce(m.text, m.transcript))
                             order by m.created_at, m.received_at, m.message_id) as history
               from (select * from messages m
                      where m.account_id = r.account_id and m.chat_id = r.chat_id and ${IS_SAID}
                        and m.received_at < r.created_at and m.reply_id is distinct from r.id
                      order by m.created_at desc, m.received_at desc, m.message_id desc limit ${HISTORY_MESSAGES}) m
           ) h on true
          where r.account_id = $1
            and (r.status <> 'cancelled' or exists (select from messages m where m.reply_id = r.id))
            and r.created_at >= coalesce($2, '-infinity'::timestamptz)
          order by r.created_at desc, r.id limit $3`,
        [accountId, since ?? null, limit],
      );
      return rows
        .toReversed()
        .map(({ id, chat_id: chatId, created_at: createdAt, item_id: itemId, ...row }) => ({
          ...row,
          replyId: id,
          chatId,
          createdAt,
          itemId: safeIntegerOrNull(itemId),
          history: row.history ?? [],
        }));
    },
  };
}
