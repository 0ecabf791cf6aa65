import { lockChat } from '../chats/lock-chat.ts';
import type { Chat, ChatKey, Message } from '../model.ts';
import { type MessageRow, toMessage } from '../rows.ts';
import type { RunQuery } from '../with-transaction.ts';

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
  { accountId, chatId, turn, historyLimit = 20 }: ChatKey & { turn: number; historyLimit?: number },
): Promise<ClaimedTurn> {
  const chat = await lockChat(run, { accountId, chatId });
  if (!chat) return { kind: 'gone', reason: 'unknown-chat' };
  const replyId = await findReplyOfTurn(run, { accountId, chatId, turn });
  if (replyId !== undefined) return { kind: 'stored', replyId };
  if (chat.mode === 'human') return { kind: 'gone', reason: 'human-has-the-chat' };

  const isFirstClaim = chat.turn === turn;
  if (!isFirstClaim && chat.composingTurn !== turn) return { kind: 'gone', reason: 'superseded' };
  if (isFirstClaim) {
    const delayMs = await timeUntilDue(run, { accountId, chatId });
    if (delayMs > 0) return { kind: 'not-due', delayMs };
  }
  const messages = await unansweredMessages(run, { accountId, chatId });
  if (messages.length === 0) {
    await closeTurn(run, { accountId, chatId });
    return { kind: 'gone', reason: 'nothing-unanswered' };
  }
  await (isFirstClaim
    ? startComposing(run, { accountId, chatId, turn })
    : touchComposing(run, { accountId, chatId }));
  const history = await messagesBefore(run, { accountId, chatId, limit: historyLimit });
  return { kind: 'claimed', chat, messages, history };
}

export async function findReplyOfTurn(
  run: RunQuery,
  { accountId, chatId, turn }: ChatKey & { turn: number },
): Promise<string | undefined> {
  const [row] = await run<{ id: string }>(
    'select id from replies where account_id = $1 and chat_id = $2 and turn = $3',
    [accountId, chatId, turn],
  );
  return row?.id;
}

async function timeUntilDue(run: RunQuery, { accountId, chatId }: ChatKey): Promise<number> {
  const [row] = await run<{ delay_ms: number }>(
    `select greatest(0, ceil(coalesce(extract(epoch from turn_due_at - clock_timestamp()), 0) * 1000))::float8 as delay_ms
       from chats where account_id = $1 and chat_id = $2`,
    [accountId, chatId],
  );
  return row?.delay_ms ?? 0;
}

/** In the order in which they were written; Avito's clock knows only seconds, within one the order of arrival decides. */
async function unansweredMessages(run: RunQuery, { accountId, chatId }: ChatKey): Promise<Message[]> {
  const rows = await run<MessageRow>(
    `select * from messages
      where account_id = $1 and chat_id = $2 and direction = 'in' and decision = 'answer' and reply_id is null
      order by created_at, received_at, message_id`,
    [accountId, chatId],
  );
  return rows.map(toMessage);
}

async function messagesBefore(
  run: RunQuery,
  { accountId, chatId, limit }: ChatKey & { limit: number },
): Promise<Message[]> {
  const rows = await run<MessageRow>(
    `select * from messages
      where account_id = $1 and chat_id = $2 and author_kind <> 'avito' and coalesce(text, transcript) <> '' and decision_reason not in ('resume-phrase', 'pause-phrase')
        and not (direction = 'in' and decision = 'answer' and reply_id is null)
      order by created_at desc, received_at desc, message_id desc
      limit $3`,
    [accountId, chatId, limit],
  );
  return rows.map(toMessage).toReversed();
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

/** A turn that is claimed again starts its time anew, or the sweeper would take it from a composer at work. */
async function touchComposing(run: RunQuery, { accountId, chatId }: ChatKey): Promise<void> {
  await run('update chats set composing_since = clock_timestamp() where account_id = $1 and chat_id = $2', [
    accountId,
    chatId,
  ]);
}

/** Nothing waits any more: neither the turn that is collected nor the one that is composed has work left. */
async function closeTurn(run: RunQuery, { accountId, chatId }: ChatKey): Promise<void> {
  await run(
    `update chats set composing_turn = null, composing_since = null, turn_first_at = null, turn_due_at = null
      where account_id = $1 and chat_id = $2`,
    [accountId, chatId],
  );
}
