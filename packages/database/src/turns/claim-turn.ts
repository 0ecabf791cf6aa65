import { lockChat } from '../chats/lock-chat.ts';
import type { Chat, ChatKey, Message } from '../model.ts';
import { type MessageRow, toMessage } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';
import { HISTORY_MESSAGES, IS_SAID } from './history.ts';

export type ClaimedTurn =
  /** The burst is not over: come back after `delayMs`. */
  | { kind: 'not-due'; delayMs: number }
  /** `messages`: all that wait for an answer, oldest first. `history`: what was said before them, oldest first. */
  | { kind: 'claimed'; chat: Chat; messages: Message[]; history: Message[] }
  /** The turn has its reply; it may still have to be sent. */
  | { kind: 'stored'; replyId: string }
  | { kind: 'gone'; reason: 'superseded' | 'nothing-unanswered' | 'human-has-the-chat' | 'unknown-chat' };

/**
 * Takes a chat's turn in order to compose its reply. The chat moves on to the next turn, so that messages which come
 * from now on belong there; a job that runs again gets the same turn again until its reply is stored.
 */
export async function claimTurn(
  run: RunQuery,
  { accountId, chatId, turn }: ChatKey & { turn: number },
): Promise<ClaimedTurn> {
  const chat = await lockChat(run, { accountId, chatId });
  if (!chat) return { kind: 'gone', reason: 'unknown-chat' };
  const { replyId, delayMs } = await findTurnState(run, { accountId, chatId, turn });
  if (replyId !== null) return { kind: 'stored', replyId };
  if (chat.mode === 'human') return { kind: 'gone', reason: 'human-has-the-chat' };

  const isFirstClaim = chat.turn === turn;
  if (!isFirstClaim && chat.composingTurn !== turn) return { kind: 'gone', reason: 'superseded' };
  if (isFirstClaim && delayMs > 0) return { kind: 'not-due', delayMs };
  const { messages, history } = await findMessages(run, { accountId, chatId });
  if (messages.length === 0) {
    await closeTurn(run, { accountId, chatId });
    return { kind: 'gone', reason: 'nothing-unanswered' };
  }
  await (isFirstClaim
    ? startComposing(run, { accountId, chatId, turn })
    : keepTurn(run, { accountId, chatId, turn }));
  return { kind: 'claimed', chat, messages, history };
}

/** The reply that the turn has already, and how long the turn that is collected is not due yet. */
async function findTurnState(
  run: RunQuery,
  { accountId, chatId, turn }: ChatKey & { turn: number },
): Promise<{ replyId: string | null; delayMs: number }> {
  const [row] = await run<{ reply_id: string | null; delay_ms: number }>(
    `select (select id from replies where account_id = $1 and chat_id = $2 and turn = $3) as reply_id,
            greatest(0, ceil(coalesce(extract(epoch from turn_due_at - clock_timestamp()), 0) * 1000))::float8 as delay_ms
       from chats where account_id = $1 and chat_id = $2`,
    [accountId, chatId, turn],
  );
  if (!row) throw new Error('a locked chat is not there');
  return { replyId: row.reply_id, delayMs: row.delay_ms };
}

/**
 * What waits for an answer, and what was said before. In the order in which it was written; Avito's clock knows only
 * seconds, within one the order of arrival decides.
 */
async function findMessages(
  run: RunQuery,
  { accountId, chatId }: ChatKey,
): Promise<{ messages: Message[]; history: Message[] }> {
  const rows = await run<MessageRow & { is_waiting: boolean }>(
    `with waiting as (
       select * from messages
        where account_id = $1 and chat_id = $2 and direction = 'in' and decision = 'answer' and reply_id is null),
     before as (
       select * from messages
        where account_id = $1 and chat_id = $2 and ${IS_SAID}
          and not (direction = 'in' and decision = 'answer' and reply_id is null)
        order by created_at desc, received_at desc, message_id desc
        limit ${HISTORY_MESSAGES})
     select true as is_waiting, * from waiting union all select false, * from before
      order by created_at, received_at, message_id`,
    [accountId, chatId],
  );
  const those = (isWaiting: boolean) => rows.filter((row) => row.is_waiting === isWaiting).map(toMessage);
  return { messages: those(true), history: those(false) };
}

export async function startComposing(
  run: RunQuery,
  { accountId, chatId, turn }: ChatKey & { turn: number },
): Promise<void> {
  await run(
    `update chats
        set turn = $3 + 1, composing_turn = $3, composing_since = clock_timestamp(),
            turn_first_at = null, turn_due_at = null, updated_at = clock_timestamp()
      where account_id = $1 and chat_id = $2`,
    [accountId, chatId, turn],
  );
}

/**
 * A composer is at work on the turn: its time starts anew, or the sweeper would take it from him. Changes nothing where
 * the turn is no longer his.
 */
export async function keepTurn(
  run: RunQuery,
  { accountId, chatId, turn }: ChatKey & { turn: number },
): Promise<void> {
  await run(
    `update chats set composing_since = clock_timestamp()
      where account_id = $1 and chat_id = $2 and composing_turn = $3`,
    [accountId, chatId, turn],
  );
}

/** Nothing waits any more: neither the turn that is collected nor the one that is composed has work left. */
async function closeTurn(run: RunQuery, { accountId, chatId }: ChatKey): Promise<void> {
  await run(
    `update chats set composing_turn = null, composing_since = null, turn_first_at = null, turn_due_at = null
      where account_id = $1 and chat_id = $2`,
    [accountId, chatId],
  );
}
