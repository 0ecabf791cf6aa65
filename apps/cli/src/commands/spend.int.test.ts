import { randomInt } from 'node:crypto';
import { createPool, createRepositories } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

test('what the models cost is told by month and model; an unknown price is no 0', async () => {
  const accountId = randomInt(1_000_000_000, 9_000_000_000);
  const databaseUrl = inject('databaseUrl');
  const pool = createPool({ url: databaseUrl, max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  const cli = (...more: string[]) =>
    runCli(['spend', '--account', String(accountId), ...more], { DATABASE_URL: databaseUrl });
  expect((await cli()).stdout).toContain('No model was asked yet.');

  const tokens = { inputTokens: 1_000, outputTokens: 50 };
  const calls = [
    { model: 'chat', ...tokens, cost: 1.5 },
    { model: 'vectors', ...tokens, cost: 0.000_881 },
    { model: 'local', ...tokens, cost: null },
  ];
  await createRepositories(pool).spend.record({ accountId, calls });
  const { stdout } = await cli();
  expect(stdout).toMatch(/\d{4}-\d{2} +chat +1 calls +1000 \+ 50 tokens +1\.50/);
  expect(stdout).toMatch(/vectors +1 calls +1000 \+ 50 tokens +0\.00088/);
  expect(stdout).toMatch(/local +1 calls +1000 \+ 50 tokens +price unknown/);
  expect(JSON.parse((await cli('--json')).stdout)).toMatchObject({
    months: [{ unpricedCalls: 1, models: [{ amount: 1.5 }, { amount: 0.000_881 }, { amount: null }] }],
  });
});
