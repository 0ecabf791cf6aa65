import type { Repositories } from '@avito-autoreply/database';
import type { Answer } from '@avito-autoreply/rag';
import type { Clock } from '@avito-autoreply/runtime';
import type { createAlarm } from '../alarm.ts';
import type { SettingsOf } from '../reply-settings.ts';
import { budgetState } from './budget-policy.ts';

type BudgetDeps = {
  spend: Pick<Repositories['spend'], 'record' | 'thisMonth'>;
  alarm: ReturnType<typeof createAlarm>;
  settingsOf: SettingsOf;
  /** Of the prices; undefined where there are none. */
  currency: string | undefined;
  clock: Clock;
};

/** The start page may tell of a month that is over for so long. */
const REVIEW_EVERY_MS = 600_000;
const NEAR = 'model-budget-near';
const SPENT = 'model-budget-spent';
const UNKNOWN = 'model-cost-unknown';

/**
 * Keeps what the models cost and holds the account's ceiling. Answers that are being composed when it is reached still
 * cost something: the ceiling may be passed by as many as are at work at a time.
 */
export function createModelBudget({ spend, alarm, settingsOf, currency = '', clock }: BudgetDeps) {
  let reviewedAt = -Infinity;
  const lifted = new Set<number>();
  /** Of a ceiling that was taken away the alerts go too; once, because settings hold for the life of a process. */
  const withoutCeiling = async (accountId: number) => {
    if (lifted.has(accountId)) return;
    for (const kind of [NEAR, SPENT]) await alarm.clear({ accountId, kind });
    lifted.add(accountId);
  };

  const check = async (accountId: number): Promise<boolean> => {
    const budget = settingsOf(accountId).modelMonthlyBudget;
    if (budget === undefined) {
      await withoutCeiling(accountId);
      return false;
    }
    const { amount, month } = await spend.thisMonth({ accountId });
    const state = budgetState({ amount, budget });
    const sum = `${amount.toFixed(2)} из ${budget} ${currency}`.trim();
    if (state === 'within') await alarm.clear({ accountId, kind: NEAR });
    if (state === 'near') {
      const message = `За ${month} на модели потрачено ${sum}. После исчерпания лимита ответы пойдут без модели.`;
      await alarm.raise({ accountId, kind: NEAR, message, details: { month, amount, budget } });
    }
    if (state !== 'spent') {
      await alarm.clear({ accountId, kind: SPENT });
      return false;
    }
    const message = `Месячный лимит на модели исчерпан (${month}: ${sum}): до конца месяца отправляются только цитаты из базы, одобренные ответы и заготовленные тексты, а вопросы ищутся только по словам.`;
    await alarm.raise({ accountId, kind: SPENT, message, details: { month, amount, budget } });
    return true;
  };

  const priced = new Set<string>();
  /** What nobody has a price for is not summed, so the ceiling does not hold it. One alert per model, looked for once. */
  const noteUnknown = async (accountId: number, calls: Answer['usage']['calls']) => {
    if (settingsOf(accountId).modelMonthlyBudget === undefined) return;
    for (const [model, own] of Map.groupBy(calls, (call) => call.model)) {
      const key = { accountId, kind: UNKNOWN, subject: model };
      const message = `Сколько стоит модель ${model}, неизвестно: её сервер не сообщает, сколько потрачено, или не ответил вовремя, или её цены нет в OPENAI_PRICES_FILE, поэтому месячный лимит её расходы не ограничивает. Смотрите их у поставщика модели.`;
      const id = `${accountId} ${model}`;
      if (own.some(({ cost }) => cost === null)) {
        priced.delete(id);
        await alarm.raise({ ...key, message, details: { model } });
      } else if (!priced.has(id)) {
        await alarm.clear(key);
        priced.add(id);
      }
    }
  };

  return {
    isSpent: ({ accountId }: { accountId: number }) => check(accountId),

    /** Takes back what no longer holds although no buyer wrote since: the month is another one, or the ceiling is. */
    async clearWhatIsOver({ accountIds }: { accountIds: readonly number[] }): Promise<void> {
      if (clock.now() - reviewedAt < REVIEW_EVERY_MS) return;
      reviewedAt = clock.now();
      for (const accountId of accountIds) {
        const budget = settingsOf(accountId).modelMonthlyBudget;
        if (budget === undefined) {
          await withoutCeiling(accountId);
          continue;
        }
        const { amount } = await spend.thisMonth({ accountId });
        const state = budgetState({ amount, budget });
        if (state !== 'spent') await alarm.clear({ accountId, kind: SPENT });
        if (state === 'within') await alarm.clear({ accountId, kind: NEAR });
      }
    },

    /** Adds what an answer cost; raises the alerts that this calls for. */
    async record({
      accountId,
      usage,
    }: {
      accountId: number;
      usage: Pick<Answer['usage'], 'calls'>;
    }): Promise<void> {
      if (usage.calls.length === 0) return;
      const calls = usage.calls.map(({ model, usage: tokens, cost }) => ({ model, ...tokens, cost }));
      await spend.record({ accountId, calls });
      await noteUnknown(accountId, usage.calls);
      await check(accountId);
    },
  };
}

export type ModelBudget = ReturnType<typeof createModelBudget>;
