import { describe, expect, test } from 'vitest';
import { sortAnswer } from './answer.ts';
import { frame } from './frames.ts';

const complete = frame('C', 'SELECT 1');
const ready = (status: string): Buffer => frame('Z', Buffer.from(status));
const notification = (channel: string): Buffer => frame('A', Buffer.alloc(4), channel, 'payload');

describe('the answer of the session', () => {
  test('notifications are taken out of what the asking client gets', () => {
    const answer = sortAnswer(Buffer.concat([complete, notification('jobs'), ready('I')]));
    expect(answer.own).toEqual(Buffer.concat([complete, ready('I')]));
    expect(answer.notifications).toEqual([{ channel: 'jobs', bytes: notification('jobs') }]);
  });

  test.each([
    ['idle', Buffer.concat([complete, ready('I')]), false],
    ['in a transaction', Buffer.concat([complete, ready('T')]), true],
    ['in a failed transaction', ready('E'), true],
    ['in the middle of a sequence', complete, true],
    ['committed at the end of several', Buffer.concat([ready('T'), ready('I')]), false],
  ])('%s: whether the session stays with the client', (_name, bytes, keepsSession) => {
    expect(sortAnswer(bytes).keepsSession).toBe(keepsSession);
  });
});
