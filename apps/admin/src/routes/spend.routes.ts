import type { Repositories } from '@avito-autoreply/database';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { accountId, accountInQuery } from './fields.ts';

type SpendRoutesDeps = {
  accounts: Accounts;
  spend: Pick<Repositories['spend'], 'listMonths'>;
  currency: string | null;
};

const tokens = { input_tokens: z.int(), output_tokens: z.int() };

const month = z
  .strictObject({
    month: z.string().meta({ examples: ['2026-11'] }),
    amount: z.number().nullable().meta({ description: 'Null while the price of no call is known' }),
    unpriced_calls: z.int().meta({ description: 'Calls whose price nobody knows; not in the amount' }),
    models: z.array(
      z.strictObject({
        model: z.string(),
        calls: z.int(),
        unpriced_calls: z.int(),
        ...tokens,
        amount: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'MonthlySpend' });

export function spendRoutes({ accounts, spend, currency }: SpendRoutesDeps): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/spend',
    operationId: 'listSpend',
    tag: 'Answers',
    summary: 'What the models cost, by month; the latest of twelve first',
    description:
      'Months are those of Moscow. Prices are those of OPENAI_PRICES_FILE at the time of each answer.',
    query: z.strictObject(accountInQuery),
    response: z.strictObject({
      account_id: accountId,
      currency: z.string().nullable().meta({ description: 'Null without OPENAI_PRICES_FILE' }),
      months: z.array(month),
    }),
    handle: async ({ query }) => {
      const { userId } = accounts.select(query.account_id);
      const months = await spend.listMonths({ accountId: userId });
      return {
        account_id: userId,
        currency,
        months: months.map(({ unpricedCalls, models, ...rest }) => ({
          ...rest,
          unpriced_calls: unpricedCalls,
          models: models.map((each) => ({
            model: each.model,
            calls: each.calls,
            unpriced_calls: each.unpricedCalls,
            input_tokens: each.inputTokens,
            output_tokens: each.outputTokens,
            amount: each.amount,
          })),
        })),
      };
    },
  });
  return [list];
}
