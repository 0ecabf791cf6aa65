import type { Pool } from 'pg';
import { safeInteger } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

/** One call of a model; `cost` is null where its price is not known. */
export type Spending = { model: string; inputTokens: number; outputTokens: number; cost: number | null };

type ModelSpend = {
  model: string;
  calls: number;
  /** Calls whose price nobody knows; not in the amount. */
  unpricedCalls: number;
  inputTokens: number;
  outputTokens: number;
  /** Null where no call has a known price: that is not 0. */
  amount: number | null;
};

export type MonthlySpend = {
  /** `YYYY-MM`. */
  month: string;
  amount: number | null;
  unpricedCalls: number;
  models: ModelSpend[];
};

const THIS_MONTH = `date_trunc('month', clock_timestamp() at time zone 'Europe/Moscow')::date`;

type SpendRow = {
  month: string;
  model: string;
  calls: number;
  unpriced_calls: number;
  input_tokens: string;
  output_tokens: string;
  amount: number;
  /** Of all models, added up as decimal numbers. */
  month_amount: number;
};

/** What the models cost each account, month by month. */
export function createSpendRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** Adds calls to the current month. */
    async record({ accountId, calls }: { accountId: number; calls: readonly Spending[] }): Promise<void> {
      // One row per model: a statement may not touch the same row twice. Always in one order, or two would wait for each other.
      const models = [...new Set(calls.map(({ model }) => model))].toSorted();
      const ofEach = <T>(sum: (own: readonly Spending[]) => T): T[] =>
        models.map((model) => sum(calls.filter((call) => call.model === model)));
      const total = (of: (call: Spending) => number) =>
        ofEach((own) => own.reduce((sum, call) => sum + of(call), 0));
      await run(
        `insert into model_spend as spend
           (account_id, month, model, calls, unpriced_calls, input_tokens, output_tokens, amount)
         select $1, ${THIS_MONTH}, each.*
           from unnest($2::text[], $3::int[], $4::int[], $5::bigint[], $6::bigint[], $7::numeric[]) as each
         on conflict (account_id, month, model) do update
            set calls = spend.calls + excluded.calls,
                unpriced_calls = spend.unpriced_calls + excluded.unpriced_calls,
                input_tokens = spend.input_tokens + excluded.input_tokens,
                output_tokens = spend.output_tokens + excluded.output_tokens,
                amount = spend.amount + excluded.amount`,
        [
          safeInteger(accountId),
          models,
          ofEach((own) => own.length),
          ofEach((own) => own.filter(({ cost }) => cost === null).length),
          total(({ inputTokens }) => inputTokens),
          total(({ outputTokens }) => outputTokens),
          total(({ cost }) => cost ?? 0),
        ],
      );
    },

    /** The current month; zeros while nothing was spent. */
    async thisMonth({ accountId }: { accountId: number }): Promise<{ month: string; amount: number }> {
      const [row] = await run<{ month: string; amount: number }>(
        `select to_char(this.month, 'YYYY-MM') as month, coalesce(sum(spend.amount), 0)::float8 as amount
           from (select ${THIS_MONTH} as month) as this
           left join model_spend spend on spend.month = this.month and spend.account_id = $1
          group by this.month`,
        [accountId],
      );
      if (!row) throw new Error('a month without a row');
      return row;
    },

    /** The latest months first, each by model. */
    async listMonths({
      accountId,
      limit = 12,
    }: {
      accountId: number;
      limit?: number;
    }): Promise<MonthlySpend[]> {
      const rows = await run<SpendRow>(
        `select to_char(month, 'YYYY-MM') as month, model, calls, unpriced_calls, input_tokens, output_tokens,
                amount::float8 as amount,
                (sum(amount) over (partition by month))::float8 as month_amount
           from model_spend
          where account_id = $1
            and month in (select distinct month from model_spend where account_id = $1 order by month desc limit $2)
          order by month desc, amount desc, model`,
        [accountId, limit],
      );
      return [...new Set(rows.map(({ month }) => month))].map((month) => {
        const ofMonth = rows.filter((row) => row.month === month);
        const models = ofMonth.map(toModelSpend);
        return {
          month,
          amount: models.every(({ amount }) => amount === null) ? null : (ofMonth[0]?.month_amount ?? null),
          unpricedCalls: models.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0),
          models,
        };
      });
    },
  };
}

const toModelSpend = (row: SpendRow): ModelSpend => ({
  model: row.model,
  calls: row.calls,
  unpricedCalls: row.unpriced_calls,
  inputTokens: safeInteger(row.input_tokens),
  outputTokens: safeInteger(row.output_tokens),
  amount: row.unpriced_calls === row.calls ? null : row.amount,
});
