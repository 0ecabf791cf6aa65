import { expect, test } from 'vitest';
import { createHeldQueues } from './held-queues.ts';

function setUp() {
  const told: string[] = [];
  const tell = createHeldQueues({
    alarm: {
      raise: async ({ kind, subject, message }) => void told.push(`+${kind} ${subject}: ${message}`),
      clear: async ({ kind, subject }) => void told.push(`-${kind} ${subject}`),
    },
  });
  return { told, tell };
}
const free = { isPaused: false, concurrency: null, rate: null };

test('a queue that somebody paused or limited is told with what is set, and is over with it', async () => {
  const { told, tell } = setUp();
  await tell('sends', { ...free, isPaused: true });
  await tell('replies', { ...free, concurrency: 1, rate: { max: 10, durationMs: 60_000 } });
  await tell('sends', undefined);
  expect(told).toEqual([
    expect.stringMatching(/^\+queue-held sends: .*приостановлена.*Resume/),
    expect.stringMatching(/^\+queue-held replies: .*не больше 1 работ сразу, не больше 10 работ за 60 с/),
    '-queue-held sends',
  ]);
});
