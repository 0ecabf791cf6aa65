import { expect, test } from 'vitest';
import { bullOptions, safeJobId } from './define-job.ts';
import { checkAccess, composeReply, jobs, sendReply, sweep, takeInEvent } from './jobs.ts';

test('ids are made of what makes a job the same job', () => {
  expect(takeInEvent.jobId({ eventKey: 'm-7-abc', receivedAt: 1, body: {} })).toBe('m-7-abc');
  expect(composeReply.jobId({ accountId: 7, chatId: 'u2i-x', turn: 3 })).toBe('c-7-u2i-x-3');
  expect(sendReply.jobId({ accountId: 7, chatId: 'u2i-x', replyId: 'r1' })).toBe('s-r1');
  expect(sweep.jobId({})).toBe('sweep');
  expect(checkAccess.jobId({})).toBe('check-access');
  expect(checkAccess.jobId({ accountId: 7 })).toBe('a-7-now');
  expect(checkAccess.jobId({ accountId: 7, round: 0 })).toBe('a-7-0');
  expect(checkAccess.jobId({ accountId: 7, round: 2 })).toBe('a-7-2');
});

test('what BullMQ refuses in ids is replaced', () => {
  expect(safeJobId('m:7:abc')).toBe('m_7_abc');
  expect(safeJobId('12345')).toBe('id-12345');
  expect(safeJobId('m-7-abc')).toBe('m-7-abc');
});

test('a field of another release passes, a missing one does not', () => {
  const payload = { accountId: 7, chatId: 'c', replyId: 'r' };
  expect(sendReply.schema.safeParse({ ...payload, brandNew: true }).success).toBe(true);
  expect(sendReply.schema.safeParse({ accountId: 7, chatId: 'c' }).success).toBe(false);
});

test('names are unique, and every job carries its attempts, backoff and bounds', () => {
  const all = Object.values(jobs);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { rules } of all) {
    expect(bullOptions({ rules })).toMatchObject({
      attempts: expect.any(Number),
      backoff: { type: rules.retry },
      removeOnComplete: { count: expect.any(Number) },
      removeOnFail: { count: expect.any(Number) },
    });
  }
});

test('redeliveries of an event are recognised for a day', () => {
  expect(takeInEvent.rules).toMatchObject({ idIsFreeOnce: 'failed', keepCompleted: { age: 86_400 } });
});
