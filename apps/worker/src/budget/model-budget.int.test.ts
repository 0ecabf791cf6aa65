import { silentLogger, systemClock } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { createAlarm } from '../alarm.ts';
import { settingsWith, setUpAccount } from '../testing/set-up.ts';
import { createModelBudget } from './model-budget.ts';

let now = Date.now();

function setUp(modelMonthlyBudget: number | undefined, { repositories, accountId } = setUpAccount()) {
  const { spend, alerts } = repositories;
  const budget = createModelBudget({
    spend,
    alarm: createAlarm({ alerts, logger: silentLogger }),
    settingsOf: settingsWith({ modelMonthlyBudget }),
    currency: 'RUB',
    clock: { ...systemClock, now: () => (now += 3_600_000) },
  });
  const record = (cost: number | null) => {
    const tokens = { inputTokens: 100, outputTokens: 10 };
    const usage = { ...tokens, embeddingTokens: 0, calls: [{ model: 'chat', usage: tokens, cost }], cost };
    return budget.record({ accountId, usage });
  };
  const openAlerts = async () =>
    (await alerts.listOpen({ accountIds: [accountId] }))
      .filter((alert) => alert.accountId === accountId)
      .map(({ kind }) => kind)
      .toSorted();
  return { budget, record, openAlerts, spend, accountId };
}

test('alerts come at 80 and at 100 per cent, and then models are not asked', async () => {
  const { budget, record, openAlerts, accountId } = setUp(10);
  await record(7.9);
  expect([await budget.isSpent({ accountId }), await openAlerts()]).toEqual([false, []]);
  await record(0.2);
  expect([await budget.isSpent({ accountId }), await openAlerts()]).toEqual([false, ['model-budget-near']]);
  await record(2);
  expect([await budget.isSpent({ accountId }), await openAlerts()]).toEqual([
    true,
    ['model-budget-near', 'model-budget-spent'],
  ]);
});

test('under a ceiling, calls whose price nobody knows are an alert until one is known again', async () => {
  const { record, openAlerts } = setUp(10);
  await record(null);
  expect(await openAlerts()).toEqual(['model-cost-unknown']);
  await record(0.1);
  expect(await openAlerts()).toEqual([]);
});

test('a ceiling that is taken away takes its alerts along', async () => {
  const account = setUpAccount();
  await setUp(10, account).record(11);
  const { budget, openAlerts, accountId } = setUp(undefined, account);
  expect(await openAlerts()).toEqual(['model-budget-spent']);
  expect([await budget.isSpent({ accountId }), await openAlerts()]).toEqual([false, []]);
});

test('what is over is taken back without a message: of a raised ceiling, of a lower one, of a past month', async () => {
  const account = setUpAccount();
  await setUp(10, account).record(8.5);
  await setUp(10, account).record(3);
  const review = async (ceiling: number) => {
    const { budget, openAlerts, accountId } = setUp(ceiling, account);
    await budget.clearWhatIsOver({ accountIds: [accountId] });
    return openAlerts();
  };
  expect(await review(10)).toEqual(['model-budget-near', 'model-budget-spent']);
  expect(await review(12)).toEqual(['model-budget-near']);
  expect(await review(100)).toEqual([]);
});

test('without a ceiling all is counted and nothing held', async () => {
  const { budget, record, openAlerts, spend, accountId } = setUp(undefined);
  await record(1_000);
  await record(null);
  expect([await budget.isSpent({ accountId }), await openAlerts()]).toEqual([false, []]);
  expect(await spend.listMonths({ accountId })).toEqual([
    {
      month: expect.stringMatching(/^\d{4}-\d{2}$/),
      amount: 1_000,
      unpricedCalls: 1,
      models: [
        { model: 'chat', calls: 2, unpricedCalls: 1, inputTokens: 200, outputTokens: 20, amount: 1_000 },
      ],
    },
  ]);
});

test('what several models did for one answer is counted with each of them', async () => {
  const { spend, accountId } = setUp(undefined);
  const call = (model: string, cost: number | null) => ({ model, inputTokens: 10, outputTokens: 1, cost });
  await spend.record({ accountId, calls: [call('embed', 1), call('chat', 2), call('chat', null)] });
  await spend.record({ accountId, calls: [call('chat', 4), call('embed', 1)] });
  const [month] = await spend.listMonths({ accountId });
  expect(month?.models).toEqual([
    { model: 'chat', calls: 3, unpricedCalls: 1, inputTokens: 30, outputTokens: 3, amount: 6 },
    { model: 'embed', calls: 2, unpricedCalls: 0, inputTokens: 20, outputTokens: 2, amount: 2 },
  ]);
});
