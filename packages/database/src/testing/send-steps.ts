import type { HistoryMessage, Pool, Repositories } from '../index.ts';
import { answerTo, buyerMessage, newChat, type TestChat } from './test-database.ts';

export const maxWaitMs = 30_000;
export const settleMs = 20_000;
export const postBoundMs = 16_000;

/** What tests of the send machine do again and again. */
export function createSendSteps({ pool, repositories }: { pool: Pool; repositories: Repositories }) {
  const { turns, sends } = repositories;

  /** A chat whose turn has its reply stored, ready to be sent. */
  async function storedReply({
    chat = newChat(),
    turn = 1,
    parts = ['Да, продаём.'],
  }: { chat?: TestChat; turn?: number; parts?: string[] } = {}) {
    const message = buyerMessage(chat);
    await turns.takeInMessage(message);
    await turns.claimTurn({ ...chat, turn });
    const stored = await turns.storeReply({
      ...answerTo(chat, { turn, messageIds: [message.messageId] }),
      parts,
    });
    if (stored.kind !== 'stored') throw new Error(stored.kind);
    const found = await sends.findReply(stored);
    const sendIds = found?.sends.map(({ sendId }) => sendId) ?? [];
    return { chat, message, replyId: stored.replyId, sendIds, sendId: sendIds[0] ?? '' };
  }

  const statuses = async (replyId: string) => {
    const found = await sends.findReply({ replyId });
    return { reply: found?.reply.status, sends: found?.sends.map(({ status }) => status) };
  };

  /** Lets time pass for one part, by the database's clock. */
  const passTime = async (sendId: string, ms: number): Promise<void> => {
    const back = "- $2 * interval '1 ms'";
    await pool.query(
      `update sends set intent_at = intent_at ${back}, look_at = look_at ${back}, updated_at = updated_at ${back}
        where id = $1`,
      [sendId, ms],
    );
    await pool.query(`update send_attempts set intent_at = intent_at ${back} where send_id = $1`, [
      sendId,
      ms,
    ]);
  };

  /** One look into a history that shows these messages, once it is due. */
  const look = async (sendId: string, messages: HistoryMessage[]) => {
    await passTime(sendId, settleMs);
    const begun = await sends.beginLook({ sendId, postBoundMs, settleMs });
    if (begun.kind !== 'look') throw new Error(`expected a look, got ${JSON.stringify(begun)}`);
    return sends.endLook({ sendId, look: begun.look, messages, settleMs });
  };

  return { storedReply, statuses, passTime, look };
}
