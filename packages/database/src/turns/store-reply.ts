import { AppError } from '@avito-autoreply/runtime';
import { holdUnanswered } from '../chats/hand-off.ts';
import { lockChat } from '../chats/lock-chat.ts';
import type { ChatKey, ReplyAction, ReplyMode } from '../model.ts';
import { storableText, toJson } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';

export type NewReply = {
  mode: ReplyMode;
  action: ReplyAction;
  reason?: string | null | undefined;
  question: string;
  text: string;
  sources: unknown;
  trace: unknown;
};

export type StoreReplyInput = ChatKey & {
  turn: number;
  /** The messages that the reply answers: those of the claim. */
  messageIds: readonly string[];
  reply: NewReply;
  /** The text as it leaves, in order; each part is one message of Avito. */
  parts: readonly string[];
  /** The owner lets the text go, or not: see releaseDraft. */
  isDraft?: boolean | undefined;
  /** The messages stay with the owner all the same, for this reason: the text only tells the buyer so. */
  holdsBecause?: string | undefined;
  /** A newer message supersedes the turn, unless the oldest has already waited this long. */
  maxWaitMs: number;
};

export type StoredReply =
  /** Also when another worker stored its text first: `replyId` is the one that counts. */
  | { kind: 'stored'; replyId: string }
  /** Another turn answers these messages; drop the text. */
  | { kind: 'superseded' }
  /** A person has the chat; drop the text. */
  | { kind: 'taken-over' };

/** Stores the text before anything is sent. The first text that is stored for a turn wins. */
export async function storeReply(run: RunQuery, input: StoreReplyInput): Promise<StoredReply> {
  if (input.parts.length === 0) {
    throw new AppError('a reply needs at least one part to send', { code: 'database.empty-reply' });
  }
  const chat = await lockChat(run, input);
  const { existing, isSuperseded } = await findTurnState(run, input);
  if (existing !== null) return { kind: 'stored', replyId: existing };
  if (chat?.mode === 'human') return { kind: 'taken-over' };
  if (chat?.composingTurn !== input.turn) return { kind: 'superseded' };
  if (isSuperseded) {
    await giveTurnBack(run, input);
    return { kind: 'superseded' };
  }
  const replyId = await insertReply(run, input);
  await endTurn(run, input);
  if (input.reply.action === 'handoff' && input.isDraft !== true)
    await handOffByReply(run, { ...input, reason: input.reply.reason });
  return { kind: 'stored', replyId };
}

/** The reply that the turn has already; else, whether the buyer has written on or its messages are another turn's. */
async function findTurnState(
  run: RunQuery,
  { accountId, chatId, turn, messageIds, maxWaitMs }: StoreReplyInput,
): Promise<{ existing: string | null; isSuperseded: boolean }> {
  const [row] = await run<{
    existing: string | null;
    covered: number;
    newer: number;
    has_waited: boolean | null;
  }>(
    `select (select id from replies where account_id = $1 and chat_id = $2 and turn = $5) as existing,
            count(*) filter (where message_id = any($3))::int as covered,
            count(*) filter (where message_id <> all($3))::int as newer,
            min(received_at) <= clock_timestamp() - $4 * interval '1 ms' as has_waited
       from messages
      where account_id = $1 and chat_id = $2 and direction = 'in' and decision = 'answer' and reply_id is null`,
    [accountId, chatId, messageIds, maxWaitMs, turn],
  );
  if (!row) throw new Error('a count returned nothing');
  const { existing, covered, newer, has_waited: hasWaited } = row;
  return { existing, isSuperseded: covered === 0 || (newer > 0 && hasWaited !== true) };
}

/** The next turn takes these messages along; it is due at once where nobody has set a time. */
async function giveTurnBack(run: RunQuery, { accountId, chatId }: ChatKey): Promise<void> {
  await run(
    `update chats
        set composing_turn = null, composing_since = null,
            turn_first_at = coalesce(turn_first_at, clock_timestamp()),
            turn_due_at = coalesce(turn_due_at, clock_timestamp())
      where account_id = $1 and chat_id = $2`,
    [accountId, chatId],
  );
}

/** The reply, its parts and the mark on the messages that it answers: one statement, for it is most of what is written. */
async function insertReply(run: RunQuery, input: StoreReplyInput): Promise<string> {
  const { accountId, chatId, turn, messageIds, reply, parts, isDraft = false } = input;
  const [row] = await run<{ id: string }>(
    `with reply as (
       insert into replies (account_id, chat_id, turn, mode, action, reason, question, text, sources, trace, status)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       returning id),
     parts as (
       insert into sends (reply_id, part, account_id, chat_id, text)
       select reply.id, part, $1, $2, text from reply, unnest($12::text[]) with ordinality as parts(text, part)),
     answered as (
       update messages
          set reply_id = reply.id, decision = case when $14::text is null then decision else 'hold' end,
              decision_reason = coalesce($14, decision_reason)
         from reply
        where account_id = $1 and chat_id = $2 and message_id = any($13)
          and direction = 'in' and decision = 'answer' and reply_id is null)
     select id from reply`,
    [
      accountId,
      chatId,
      turn,
      reply.mode,
      reply.action,
      reply.reason ?? null,
      storableText(reply.question),
      storableText(reply.text),
      toJson(reply.sources),
      toJson(reply.trace),
      isDraft ? 'draft' : 'stored',
      isDraft ? [] : parts.map(storableText),
      messageIds,
      input.holdsBecause ?? null,
    ],
  );
  if (!row) throw new Error('an insert returned no row');
  return row.id;
}

/** From here on the texts may leave. */
export async function insertParts(
  run: RunQuery,
  { accountId, chatId, replyId, parts }: ChatKey & { replyId: string; parts: readonly string[] },
): Promise<void> {
  await run(
    `insert into sends (reply_id, part, account_id, chat_id, text)
     select $1, part, $2, $3, text from unnest($4::text[]) with ordinality as parts(text, part)`,
    [replyId, accountId, chatId, parts.map(storableText)],
  );
}

/** Messages that the reply leaves out keep a time at which their own turn is due. */
export async function endTurn(run: RunQuery, { accountId, chatId }: ChatKey): Promise<void> {
  await run(
    `with waiting as (
       select count(*) > 0 as any from messages
        where account_id = $1 and chat_id = $2 and direction = 'in' and decision = 'answer' and reply_id is null)
     update chats
        set composing_turn = null, composing_since = null, updated_at = clock_timestamp(),
            turn_first_at = case when waiting.any then coalesce(turn_first_at, clock_timestamp()) end,
            turn_due_at = case when waiting.any then coalesce(turn_due_at, clock_timestamp()) end
       from waiting
      where account_id = $1 and chat_id = $2`,
    [accountId, chatId],
  );
}

/** Our own text calls a person: it still leaves, as does every text stored before it; what comes later is held. */
export async function handOffByReply(
  run: RunQuery,
  { accountId, chatId, reason: given }: ChatKey & { reason?: string | null | undefined },
): Promise<void> {
  const reason = given ?? 'handed-off';
  await run(
    `update chats
        set mode = 'human', mode_reason = $3, mode_changed_at = clock_timestamp(), turn_first_at = null, turn_due_at = null
      where account_id = $1 and chat_id = $2`,
    [accountId, chatId, reason],
  );
  await holdUnanswered(run, { accountId, chatId, reason });
}
