import type { Pool } from '@avito-autoreply/database';
import type { Simulator } from '@avito-autoreply/simulator';
import type { Kept, Records } from '../judge/records.ts';

/** What the stand-in of Avito has seen of one account. */
export function readLedger({ simulator, accountId }: { simulator: Simulator; accountId: number }): Records {
  const { ledger, control } = simulator;
  const acceptedAt = new Map<string, number>();
  for (const { kind, status, messageId, at, latencyMs } of ledger.deliveries({ accountId })) {
    if (kind === 'echo' && status === 200 && messageId !== undefined && !acceptedAt.has(messageId)) {
      acceptedAt.set(messageId, at + latencyMs);
    }
  }
  const deleted = new Set(
    control
      .chats(accountId)
      .flatMap(({ messages }) => messages.filter(({ type }) => type === 'deleted').map(({ id }) => id)),
  );
  return {
    asked: ledger.buyerMessages({ accountId }).map(({ text = '', ...message }) => ({ ...message, text })),
    said: ledger.sends({ accountId }).map((send) => ({
      ...send,
      isDeleted: deleted.has(send.messageId),
      acceptedAt: send.by === 'operator' ? acceptedAt.get(send.messageId) : undefined,
    })),
  };
}

type KeptRow = {
  message_id: string;
  decision: string;
  decision_reason: string;
  is_reply_sent: boolean;
  is_handed_off: boolean;
  is_given_up: boolean;
};

/** What our own rows say about the messages of the account's buyers. */
export async function readKept({
  pool,
  accountId,
}: {
  pool: Pool;
  accountId: number;
}): Promise<Map<string, Kept>> {
  const { rows } = await pool.query<KeptRow>(
    `select m.message_id, m.decision, m.decision_reason, coalesce(r.status = 'sent', false) as is_reply_sent,
            exists (select from replies h
                     where h.account_id = m.account_id and h.chat_id = m.chat_id and h.action = 'handoff' and h.status = 'sent')
              as is_handed_off,
            c.mode = 'human' and c.mode_reason like 'send.%' as is_given_up
       from messages m join chats c using (account_id, chat_id) left join replies r on r.id = m.reply_id
      where m.account_id = $1 and m.direction = 'in'`,
    [accountId],
  );
  return new Map(
    rows.map((row) => [
      row.message_id,
      {
        decision: row.decision,
        reason: row.decision_reason,
        isReplySent: row.is_reply_sent,
        isHandedOff: row.is_handed_off,
        isGivenUp: row.is_given_up,
      },
    ]),
  );
}

/** The turn of each message that our rows call ours. */
export async function readTurns({
  pool,
  accountId,
}: {
  pool: Pool;
  accountId: number;
}): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ message_id: string; turn: number }>(
    `select m.message_id, r.turn::int as turn from messages m join replies r on r.id = m.reply_id
      where m.account_id = $1 and m.direction = 'out'`,
    [accountId],
  );
  return new Map(rows.map(({ message_id: messageId, turn }) => [messageId, turn]));
}

/** Turns and sends that are not at their end. */
export async function countOpenWork({ pool, accountId }: { pool: Pool; accountId: number }): Promise<number> {
  const { rows } = await pool.query<{ open: number }>(
    `select (select count(*) from chats
              where account_id = $1 and mode = 'auto' and (turn_due_at is not null or composing_turn is not null))::int
          + (select count(*) from sends where account_id = $1 and status in ('queued', 'sending', 'unknown'))::int as open`,
    [accountId],
  );
  return rows[0]?.open ?? 0;
}
