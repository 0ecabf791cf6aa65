import { z } from 'zod';
import type { Api } from '../api.ts';
import { checkArguments, userIdArgument } from '../arguments.ts';
import { agreement } from '../wire/agreement.ts';
import type { AccountCall } from './call-options.ts';
import { accountPath } from './paths.ts';

export const blacklistReasons = ['spam', 'fraud', 'abuse', 'other'] as const;
export type BlacklistReason = (typeof blacklistReasons)[number];

// Avito's numbers for the reasons.
const REASON_IDS: Record<BlacklistReason, number> = { spam: 1, fraud: 2, abuse: 3, other: 4 };

export type BlacklistBuyer = AccountCall & {
  buyerId: number;
  reason: BlacklistReason;
  /** The listing that the buyer wrote about. */
  itemId?: number | undefined;
};

const entry = z.strictObject({
  user_id: userIdArgument,
  context: z.strictObject({ item_id: z.int().positive().optional(), reason_id: z.int() }),
});

export function blacklistCalls(api: Api) {
  return {
    /** Forbids a buyer to write to this account. The API has no way back: that is done in Avito's app. */
    blacklistBuyer: async ({
      userId,
      buyerId,
      reason,
      itemId,
      ...options
    }: BlacklistBuyer): Promise<void> => {
      const path = `${accountPath(2, userId)}/blacklist`;
      const user = checkArguments('blacklistBuyer', entry, {
        user_id: buyerId,
        context: { item_id: itemId, reason_id: REASON_IDS[reason] },
      });
      await api({
        method: 'POST',
        path,
        json: { users: [user] },
        isReadOnly: false,
        schema: agreement,
        ...options,
      });
    },
  };
}
