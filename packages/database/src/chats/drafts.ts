import { AppError } from '@avito-autoreply/runtime';
import type { Reply } from '../model.ts';
import { type ReplyRow, toReply } from '../rows.ts';
import { handOffByReply, insertParts } from '../turns/store-reply.ts';
import { storableText, toJson, uuidOrNull } from '../values.ts';
import type { RunQuery } from '../with-transaction.ts';
import { lockChat } from './lock-chat.ts';

type DraftKey = { accountId: number; replyId: string };

async function lockReply(run: RunQuery, { accountId, replyId }: DraftKey): Promise<Reply> {
  const read = async () => {
    const [row] = await run<ReplyRow>('select * from replies where id = $1 and account_id = $2', [
      uuidOrNull(replyId),
      accountId,
    ]);
    if (!row) throw new AppError(`account ${accountId} has no reply ${replyId}`, { code: 'reply.unknown' });
    return toReply(row);
  };
  // The chat of a reply never changes, so it may be read before the lock.
  await lockChat(run, await read());
  return read();
}

function goneError({ replyId }: Reply): AppError {
  return new AppError(
    `draft ${replyId} was superseded, discarded, or its chat is with a person now; list the drafts again`,
    { code: 'reply.gone' },
  );
}

export type ReleaseDraft = DraftKey & {
  /** What leaves instead of the draft's own text. */
  text?: string | undefined;
  /** The text as it leaves, in order. */
  splitIntoParts: (text: string) => readonly string[];
};

/**
 * The owner lets a draft go: from here on it is a stored reply like any other, so ring `sendReply` for it. Safe to
 * repeat: a text that was let go already stays as it left. Throws `reply.unknown` and `reply.gone`.
 */
export async function releaseDraft(
  run: RunQuery,
  { text: ownText, splitIntoParts, ...key }: ReleaseDraft,
): Promise<Reply> {
  const reply = await lockReply(run, key);
  if (reply.status === 'cancelled') throw goneError(reply);
  if (reply.status !== 'draft') return reply;
  const { accountId, chatId, replyId } = reply;
  const text = ownText === undefined ? reply.text : storableText(ownText);
  const parts = splitIntoParts(text);
  if (parts.length === 0) throw new AppError('a reply needs a text to send', { code: 'reply.empty' });
  await run(
    `update replies
        set status = 'stored', text = $2, trace = case when text = $2 then trace else $3::jsonb end
      where id = $1`,
    [replyId, text, toJson({ ...objectOf(reply.trace), draftText: reply.text })],
  );
  await insertParts(run, { accountId, chatId, replyId, parts });
  if (reply.action === 'handoff') await handOffByReply(run, reply);
  return { ...reply, status: 'stored', text };
}

const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

/** The draft never leaves; its messages are the owner's. Safe to repeat. Throws `reply.unknown` and `reply.gone`. */
export async function discardDraft(run: RunQuery, key: DraftKey): Promise<Reply> {
  const reply = await lockReply(run, key);
  if (reply.status === 'cancelled') return reply;
  if (reply.status !== 'draft') {
    throw new AppError(`reply ${reply.replyId} was let go already; it cannot be discarded any more`, {
      code: 'reply.released',
    });
  }
  await run("update replies set status = 'cancelled', finished_at = clock_timestamp() where id = $1", [
    reply.replyId,
  ]);
  await run(
    `update messages set decision = 'hold', decision_reason = 'draft-discarded', reply_id = null
      where account_id = $1 and chat_id = $2 and reply_id = $3 and direction = 'in'`,
    [reply.accountId, reply.chatId, reply.replyId],
  );
  return { ...reply, status: 'cancelled' };
}

/** The oldest first: the buyer who waits longest. */
export async function listDrafts(
  run: RunQuery,
  { accountId, limit, offset }: { accountId: number; limit: number; offset: number },
): Promise<Reply[]> {
  const rows = await run<ReplyRow>(
    `select * from replies where account_id = $1 and status = 'draft'
      order by created_at, id limit $2 offset $3`,
    [accountId, limit, offset],
  );
  return rows.map(toReply);
}
