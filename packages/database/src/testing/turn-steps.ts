import type { Pool, Repositories } from '../index.ts';
import type { TestChat } from './test-database.ts';

export function createTurnSteps({ pool, repositories }: { pool: Pool; repositories: Repositories }) {
  return {
    /** Lets time pass for one chat, by the database's clock. */
    rewind: ({ accountId, chatId }: TestChat, seconds: number) =>
      pool.query(
        `update chats set turn_first_at = turn_first_at - $3 * interval '1 s',
                          turn_due_at = turn_due_at - $3 * interval '1 s',
                          composing_since = composing_since - $3 * interval '1 s'
          where account_id = $1 and chat_id = $2`,
        [accountId, chatId, seconds],
      ),

    /** Claims a turn that must be there to claim. */
    claimed: async (chat: TestChat, turn: number) => {
      const claim = await repositories.turns.claimTurn({ ...chat, turn });
      if (claim.kind !== 'claimed') throw new Error(`expected a claim, got ${JSON.stringify(claim)}`);
      return { ...claim, messageIds: claim.messages.map(({ messageId }) => messageId) };
    },
  };
}
