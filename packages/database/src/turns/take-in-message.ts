import { giveChatToHuman } from '../chats/hand-off.ts';
import type { AuthorKind, Chat, ChatKey, Decision, Direction } from '../model.ts';
import { resumeChat } from '../chats/resume-chat.ts';
import { type ChatRow, toChat } from '../rows.ts';
import { safeInteger, safeIntegerOrNull } from '../values.ts';
import { dropEmptyChat } from '../privacy/is-erased.ts';
import type { RunQuery } from '../with-transaction.ts';
import { startComposing } from './claim-turn.ts';
import { hasRoom } from './has-room.ts';
import { insertMessage } from './insert-message.ts';
import { joinTurn } from './join-turn.ts';
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
  const isTaken = chat.mode === 'human' && message.direction === 'in' && message.decision === 'answer';
  const verdict = isTaken
    ? ({ decision: 'hold', reason: 'human-has-the-chat' } as const)
    : { decision: message.decision, reason: message.reason };
  const { isInserted: inserted, isErased } = await insertMessage(run, { ...message, ...verdict });
  if (isErased) {
    await dropEmptyChat(run, message);
    const nothing = {
      decision: 'ignore',
      unanswered: false,
      turn: chat.turn,
      delayMs: 0,
      replyId: null,
    } as const;
    return { inserted, isErased, ...nothing };
  }
  if (inserted && message.authorKind === 'operator') {
    await (message.phrase === 'resume'
      ? resumeChat(run, message)
      : giveChatToHuman(run, {
          ...message,
          reason: message.phrase === 'pause' ? 'pause-phrase' : 'operator-wrote',
        }));
  }
  const isToAnswer = inserted && message.direction === 'in' && verdict.decision === 'answer';
  const replyId = isToAnswer ? await answerOverBound(run, { chat, message }) : null;
  const state =
    isToAnswer && replyId === null
      ? { decision: verdict.decision, unanswered: true, ...(await joinTurn(run, message)) }
      : await readState(run, message);
  return { inserted, isErased, ...state, replyId };
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
