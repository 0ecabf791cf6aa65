import { silentLogger } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { jobContext, settingsWith } from '../testing/doubles.ts';
import { createPurge } from './purge.ts';

async function purgeWith(daysOf: Record<number, number | undefined>) {
  const calls: unknown[] = [];
  const nothing = { messages: 0, replies: 0, chats: 0, unrecognizedEvents: 0, alerts: 0 };
  const handle = createPurge({
    retention: {
      purgeAccount: async ({ accountId, days }) => {
        calls.push({ accountId, days });
        return nothing;
      },
      purgeOwnerless: async ({ days }) => {
        calls.push({ ownerless: days });
        return nothing;
      },
      otherAccounts: async () => [9],
    },
    queues: {
      removeFinished: async ({ olderThanMs }) => void calls.push({ jobs: olderThanMs / 86_400_000 }),
    },
    accountIds: Object.keys(daysOf).map(Number),
    settingsOf: (accountId) => settingsWith({ retentionDays: daysOf[accountId] })(accountId),
    logger: silentLogger,
  });
  await handle({}, jobContext);
  return calls;
}

test('each account keeps for its own time; what is nobody’s, or of an account that was taken out, as long as the longest, jobs as short as the shortest', async () => {
  expect(await purgeWith({ 7: 30, 8: 365 })).toEqual([
    { accountId: 7, days: 30 },
    { accountId: 8, days: 365 },
    { accountId: 9, days: 365 },
    { ownerless: 365 },
    { jobs: 30 },
  ]);
});

test('an account that keeps for ever is left alone, and so is what is nobody’s', async () => {
  expect(await purgeWith({ 7: 30, 8: undefined })).toEqual([{ accountId: 7, days: 30 }, { jobs: 30 }]);
  expect(await purgeWith({ 8: undefined })).toEqual([]);
});
