import { supersedeDrafts } from '../chats/drafts.ts';
import { giveChatToHuman } from '../chats/hand-off.ts';
import type { AuthorKind, Chat, ChatKey, Decision, Direction } from '../model.ts';
import { resumeChat } from '../chats/resume-chat.ts';
import { type ChatRow, toChat } from '../rows.ts';
import { safeInteger, safeIntegerOrNull, storableText, toJson } from '../values.ts';
import { dropEmptyChat, isErased } from '../privacy/is-erased.ts';
import type { RunQuery } from '../with-transaction.ts';
import { startComposing } from './claim-turn.ts';
import { hasRoom } from './has-room.ts';
import { type NewReply, storeReply } from './store-reply.ts';

export type NewMessage = ChatKey & {
  messageId: string;
  direction: Direction;
  authorId: number | null;
  authorKind: AuthorKind;
  type: string;
  text: string | null;
  content: unknown;
  itemId: number | null;
  chatType: string | null;
  /** Avito's clock. */
  createdAt: Date;
  decision: Decision;
  reason: string;
  /** What an operator's message asks for, where it is nothing but a phrase that he agreed on with the program. */
  phrase?: 'resume' | 'pause' | undefined;
  /** The turn is due this long after its last message … */
  quietMs: number;
  /** … but at most this long after its first. */
  maxWaitMs: number;
  /** How much work may wait for the model; without it there is no bound. */
  bound?: WorkBound | undefined;
};

export type WorkBound = {
  /** Chats of the account that may have work for the model at a time, waiting or being composed. */
  maxChats: number;
  /** What a message gets that finds no room: sent without the model, and meant to call a person. */
  otherwise: { reply: Omit<NewReply, 'question'>; parts: readonly string[] };
};

export type TakenIn = {
  /** False for a message that was there already. */
  inserted: boolean;
  /** What is stored; differs from what was asked for when a person took the chat meanwhile. */
  decision: Decision;
  /** It waits for an answer: ring `composeReply` for `turn` after `delayMs`, also when it was not inserted just now. */
  unanswered: boolean;
  turn: number;
  delayMs: number;
  /** There was no room for it: the reply that it got instead. Ring `sendReply`. */
  replyId: string | null;
  /** It was erased, or is older than the erasure of its chat or author: nothing is stored. */
  isErased: boolean;
};

/**
 * Stores a message once, and opens or prolongs the chat's turn when it is to be answered, or answers it without the model
 * where the bound is reached. A new message of an operator gives the chat to him in the same transaction.
 */
export async function takeInMessage(run: RunQuery, message: NewMessage): Promise<TakenIn> {
  const chat = await upsertChat(run, message);
  if (await isErased(run, message)) {
    await dropEmptyChat(run, message);
    return {
      inserted: false,
      decision: 'ignore',
      unanswered: false,
      turn: chat.turn,
      delayMs: 0,
      replyId: null,
      isErased: true,
    };
  }
  const isTaken = chat.mode === 'human' && message.direction === 'in' && message.decision === 'answer';
  const verdict = isTaken
    ? ({ decision: 'hold', reason: 'human-has-the-chat' } as const)
    : { decision: message.decision, reason: message.reason };
  const inserted = await insertMessage(run, { ...message, ...verdict });

  if (inserted && message.authorKind === 'operator') {
    await (message.phrase === 'resume'
      ? resumeChat(run, message)
      : giveChatToHuman(run, {
          ...message,
          reason: message.phrase === 'pause' ? 'pause-phrase' : 'operator-wrote',
        }));
  }
  let replyId: string | null = null;
  if (inserted && message.direction === 'in' && verdict.decision === 'answer') {
    replyId = await answerOverBound(run, { chat, message });
    if (replyId === null) {
      await supersedeDrafts(run, message);
      await prolongTurn(run, message);
    }
  }
  return { inserted, isErased: false, ...(await readState(run, message)), replyId };
}

/** The reply of a message that would open work where there is no room for more; null where there is, or the work is open already. */
async function answerOverBound(
  run: RunQuery,
  { chat, message }: { chat: Chat; message: NewMessage },
): Promise<string | null> {
  const { accountId, chatId, messageId, bound } = message;
  const hasWork = chat.turnDueAt !== null || chat.composingTurn !== null;
  if (bound === undefined || hasWork) return null;
  if (await hasRoom(run, { accountId, max: bound.maxChats })) return null;
  const { turn } = chat;
  const { reply, parts } = bound.otherwise;
  await startComposing(run, { accountId, chatId, turn });
  const stored = await storeReply(run, {
    accountId,
    chatId,
    turn,
    messageIds: [messageId],
    reply: { ...reply, question: message.text ?? '' },
    parts,
    maxWaitMs: 0,
  });
  if (stored.kind !== 'stored') throw new Error(`a reply over the bound is ${stored.kind}`);
  return stored.replyId;
}

/** Takes the chat's lock, creating the row where it is missing. Facts that an event lacks are kept. */
async function upsertChat(run: RunQuery, message: NewMessage): Promise<Chat> {
  const isInbound = message.direction === 'in';
  const rows = await run<ChatRow>(
    // The turns of a chat that was erased go on: a composer from before must not meet a number of its own again.
    `insert into chats as chat (account_id, chat_id, chat_type, item_id, buyer_id, turn)
     values ($1, $2, $3, $4, $5,
             coalesce((select next_turn from erasure_marks where account_id = $1 and hash = erasure_hash($1, 'chat', $2)), 1))
     on conflict (account_id, chat_id) do update
        set chat_type = coalesce(excluded.chat_type, chat.chat_type),
            item_id = coalesce(excluded.item_id, chat.item_id),
            buyer_id = coalesce(excluded.buyer_id, chat.buyer_id)
     returning *`,
    [
      safeInteger(message.accountId),
      message.chatId,
      message.chatType,
      safeIntegerOrNull(message.itemId),
      isInbound && message.authorKind === 'buyer' ? safeIntegerOrNull(message.authorId) : null,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('an upsert returned no row');
  return toChat(row);
}

async function insertMessage(run: RunQuery, message: NewMessage): Promise<boolean> {
  const column = message.direction === 'in' ? 'last_inbound_at' : 'last_outbound_at';
  const rows = await run(
    `with inserted as (
       insert into messages (account_id, message_id, chat_id, direction, author_id, author_kind, type, text, content,
                             item_id, created_at, decision, decision_reason)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       on conflict (account_id, message_id) do nothing
       returning message_id)
     update chats set ${column} = clock_timestamp(), updated_at = clock_timestamp()
      where account_id = $1 and chat_id = $3 and exists (select from inserted)
     returning chat_id`,
    [
      message.accountId,
      message.messageId,
      message.chatId,
      message.direction,
      safeIntegerOrNull(message.authorId),
      message.authorKind,
      message.type,
      message.text === null ? null : storableText(message.text),
      toJson(message.content),
      safeIntegerOrNull(message.itemId),
      message.createdAt,
      message.decision,
      message.reason,
    ],
  );
  return rows.length > 0;
}

/** clock_timestamp() and not now(): the transaction may have begun long before it got the chat's lock. */
async function prolongTurn(
  run: RunQuery,
  { accountId, chatId, quietMs, maxWaitMs }: ChatKey & { quietMs: number; maxWaitMs: number },
): Promise<void> {
  await run(
    `with clock as (select clock_timestamp() as now)
     update chats
        set turn_first_at = coalesce(turn_first_at, clock.now),
            turn_due_at = least(clock.now + $3 * interval '1 ms',
                                coalesce(turn_first_at, clock.now) + $4 * interval '1 ms')
       from clock
      where account_id = $1 and chat_id = $2`,
    [accountId, chatId, quietMs, maxWaitMs],
  );
}

async function readState(
  run: RunQuery,
  message: NewMessage,
): Promise<Omit<TakenIn, 'inserted' | 'replyId' | 'isErased'>> {
  const [row] = await run<{ decision: Decision; unanswered: boolean; turn: string; delay_ms: number }>(
    // A message that is being composed and no newer one waits: its job is the one of the composing turn.
    `select m.decision,
            m.direction = 'in' and m.decision = 'answer' and m.reply_id is null as unanswered,
            case when c.turn_due_at is null then coalesce(c.composing_turn, c.turn) else c.turn end as turn,
            greatest(0, ceil(coalesce(extract(epoch from c.turn_due_at - clock_timestamp()), 0) * 1000))::float8 as delay_ms
       from messages m join chats c using (account_id, chat_id)
      where m.account_id = $1 and m.message_id = $2`,
    [message.accountId, message.messageId],
  );
  if (!row) throw new Error('a message that was just stored is not there');
  return {
    decision: row.decision,
    unanswered: row.unanswered,
    turn: safeInteger(row.turn),
    delayMs: row.delay_ms,
  };
}
