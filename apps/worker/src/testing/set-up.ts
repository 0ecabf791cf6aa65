import { createPool, createRepositories, type Repositories } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { inject, onTestFinished } from 'vitest';

export {
  createBell,
  createFakeAvito,
  jobContext,
  noBudget,
  noMedia,
  ownMessage,
  policy,
  putBackUntil,
  settingsWith,
} from './doubles.ts';

let nextAccountId = Date.now() % 1_000_000_000;

/** Repositories on the database of the test run, and an account that no other test has. */
export function setUpAccount(): { repositories: Repositories; accountId: number; chatId: string } {
  const pool = createPool({ url: inject('databaseUrl'), max: 3, logger: silentLogger });
  onTestFinished(() => pool.end());
  nextAccountId += 1;
  return {
    repositories: createRepositories(pool),
    accountId: nextAccountId * 1_000 + (process.pid % 1_000),
    chatId: `u2i-${crypto.randomUUID()}~x`,
  };
}
