import type { FailedJob } from '@avito-autoreply/queue';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { createAlarm } from './alarm.ts';
import { createFailedJobs } from './failed-jobs.ts';
import { setUpAccount } from './testing/set-up.ts';

const none = { waiting: 0, active: 0, delayed: 0, failed: 0, completed: 0 };

function setUp() {
  const { repositories, accountId } = setUpAccount();
  const { alerts } = repositories;
  const state = { failedReplies: 1 };
  const failedJobs = createFailedJobs({
    alarm: createAlarm({ alerts, logger: silentLogger }),
    alerts,
    queues: {
      counts: async () => ({
        'webhook-events': none,
        replies: { ...none, failed: state.failedReplies },
        sends: none,
        knowledge: none,
        maintenance: none,
      }),
    },
    accountIds: [accountId],
  });
  const failed = (jobId: string): FailedJob => ({
    queue: 'replies',
    name: 'compose-reply',
    jobId,
    payload: { accountId, chatId: 'c', turn: 1 },
    accountId,
    attempts: 15,
    error: new Error('odd'),
    code: 'knowledge.search-failed',
    reason: 'odd',
  });
  const open = async () =>
    (await alerts.listOpen({ accountIds: [accountId] })).filter((alert) => alert.accountId === accountId);
  return { state, failedJobs, failed, open };
}

test('many failures of a queue are one alert, which names the reason and the way out', async () => {
  const { failedJobs, failed, open } = setUp();
  await failedJobs.raise(failed('a'));
  await failedJobs.raise(failed('b'));
  expect(await open()).toMatchObject([{ kind: 'job-failed', subject: 'replies', count: 2 }]);
  const [alert] = await open();
  expect(alert?.message).toContain('knowledge.search-failed');
  expect(alert?.message).toContain('autoreply jobs retry');
});

test('the alert is over when no failed job is left, and not before', async () => {
  const { state, failedJobs, failed, open } = setUp();
  await failedJobs.raise(failed('a'));
  await failedJobs.clearWhatIsOver();
  expect(await open()).toHaveLength(1);
  state.failedReplies = 0;
  await failedJobs.clearWhatIsOver();
  expect(await open()).toEqual([]);
});
