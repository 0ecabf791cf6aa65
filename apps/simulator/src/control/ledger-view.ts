import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.ts';

export const ledgerScope = z.strictObject({
  accountId: z.coerce.number().int().optional(),
  chatId: z.string().optional(),
});

/** The whole ledger, or the part of one account or chat, in one object. */
export function ledgerView(ledger: Ledger, scope: z.infer<typeof ledgerScope>) {
  return {
    summary: ledger.summary(scope),
    buyerMessages: ledger.buyerMessages(scope),
    sends: ledger.sends(scope),
    deliveries: ledger.deliveries(scope),
    requests: ledger.requests(scope),
  };
}
