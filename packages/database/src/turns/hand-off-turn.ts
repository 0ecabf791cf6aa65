import { giveChatToHuman } from '../chats/hand-off.ts';
import { lockChat } from '../chats/lock-chat.ts';
import type { ChatKey } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';

/**
 * Ends a claimed turn by giving the chat to a person. False when the turn is no longer the claimer's: the owner may have
 * given the chat back since, and is not overruled by who slept meanwhile.
 */
export async function handOffTurn(
  run: RunQuery,
  { turn, reason, ...key }: ChatKey & { turn: number; reason: string },
): Promise<boolean> {
  const chat = await lockChat(run, key);
  if (chat?.composingTurn !== turn) return false;
  await giveChatToHuman(run, { ...key, reason });
  return true;
}
