import { randomInt } from 'node:crypto';
import { createPool, createRepositories } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

test('open alerts are exit code 1 and shown with their text, those that are over below', async () => {
  const accountId = randomInt(1_000_000_000, 9_000_000_000);
  const databaseUrl = inject('databaseUrl');
  const pool = createPool({ url: databaseUrl, max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  const { alerts } = createRepositories(pool);
  const alert = { accountId, kind: 'webhook-gone', message: 'Вебхук не зарегистрирован.' };
  const cli = (...more: string[]) =>
    runCli(['alerts', '--account', String(accountId), ...more], { DATABASE_URL: databaseUrl });

  await alerts.raise(alert);
  await alerts.raise(alert);
  const open = await cli();
  expect(open.exitCode).toBe(1);
  expect(open.stdout).toMatch(
    new RegExp(`webhook-gone +${accountId} +since \\d{4}-.* UTC, seen 2× +Вебхук не зарегистрирован\\.`),
  );
  const { stdout } = await cli('--json');
  expect(JSON.parse(stdout)).toMatchObject({
    open: expect.arrayContaining([expect.objectContaining(alert)]),
  });

  await alerts.clear(alert);
  expect((await cli()).stdout).toMatch(new RegExp(`Over:\\n[\\s\\S]*webhook-gone +${accountId} `));
});
