import { expect, test } from 'vitest';
import { setUp } from './testing/fixture.ts';

test('what the models cost is told by month, and of one account only', async () => {
  const { call, repositories, accountIds } = await setUp({ accounts: 2 });
  const [one = 0, other = 0] = accountIds;
  const tokens = { inputTokens: 1_000, outputTokens: 50 };
  await repositories.spend.record({
    accountId: one,
    calls: [
      { model: 'chat', ...tokens, cost: 0.25 },
      { model: 'other', ...tokens, cost: null },
    ],
  });
  const { body } = await call(`/api/v1/spend?account_id=${one}`);
  expect(body).toEqual({
    account_id: one,
    currency: 'RUB',
    months: [
      {
        month: expect.stringMatching(/^\d{4}-\d{2}$/),
        amount: 0.25,
        unpriced_calls: 1,
        models: [
          {
            model: 'chat',
            calls: 1,
            unpriced_calls: 0,
            input_tokens: 1_000,
            output_tokens: 50,
            amount: 0.25,
          },
          {
            model: 'other',
            calls: 1,
            unpriced_calls: 1,
            input_tokens: 1_000,
            output_tokens: 50,
            amount: null,
          },
        ],
      },
    ],
  });
  expect((await call(`/api/v1/spend?account_id=${other}`)).body).toMatchObject({ months: [] });
  await repositories.spend.record({ accountId: other, calls: [{ model: 'other', ...tokens, cost: null }] });
  expect((await call(`/api/v1/spend?account_id=${other}`)).body).toMatchObject({
    months: [{ amount: null, models: [{ amount: null }] }],
  });
});

test('a month is added up as money is', async () => {
  const { call, repositories, accountId } = await setUp();
  const tokens = { inputTokens: 1_000, outputTokens: 50 };
  await repositories.spend.record({
    accountId,
    calls: [
      { model: 'a', ...tokens, cost: 0.1 },
      { model: 'b', ...tokens, cost: 0.2 },
    ],
  });
  expect((await call('/api/v1/spend')).body).toMatchObject({ months: [{ amount: 0.3 }] });
});
