import { silentLogger } from '@avito-autoreply/runtime';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eachQueue } from './each-queue.ts';
import { createLiveness, DEAF_AFTER_MS } from './liveness.ts';
import type { JobContext } from './process-job.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const context = (enqueuedAt: number): JobContext => ({
  jobId: 'heartbeat-1',
  attempt: 1,
  maxAttempts: 1,
  isLastAttempt: true,
  enqueuedAt,
  forget: () => {},
  signal: new AbortController().signal,
});

/** A process whose heartbeats come back to it, unless it is deaf; and whose queue answers, unless it is away. */
function setUp() {
  const state = {
    isDeaf: false,
    isAway: false,
    isPaused: false,
    concurrency: null as number | null,
    rate: null as { max: number; duration: number } | null,
    isUntold: false,
  };
  const holds: string[] = [];
  const told: string[] = [];
  const rung: string[] = [];
  const liveness = createLiveness({
    // Of BullMQ's queue only what is used here.
    backend: { queues: eachQueue((name) => fakeQueue(name) as never) },
    bounded: async (_doing, run) => {
      if (state.isAway) throw new Error('away');
      return run();
    },
    concurrency: eachQueue(() => 1),
    workerId: '1',
    onDeaf: ({ code }) => void told.push(code),
    onHold: async (queue, hold) => {
      if (state.isUntold) throw new Error('nobody listens');
      holds.push(`${queue} ${JSON.stringify(hold ?? null)}`);
    },
    clock: { now: Date.now },
    logger: silentLogger,
  });
  function fakeQueue(name: Parameters<typeof liveness.track>[0]) {
    return {
      getJobCounts: async () => ({}),
      isPaused: async () => state.isPaused && name === 'sends',
      getGlobalConcurrency: async () => (name === 'sends' ? state.concurrency : null),
      getGlobalRateLimit: async () => (name === 'sends' ? state.rate : null),
      add: async () => {
        rung.push(name);
        const isHeld = state.isPaused || state.concurrency !== null || state.rate !== null;
        if (state.isDeaf || (isHeld && name === 'sends')) return;
        await liveness.track(name, async () => liveness.heartbeatOf(name).run({}, context(Date.now())));
      },
    };
  }
  liveness.start();
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const isAlive = () => {
    try {
      liveness.assertAlive();
      return true;
    } catch {
      return false;
    }
  };
  return { state, told, rung, holds, liveness, pass, isAlive };
}

describe('a process', () => {
  test('that is idle rings for itself, and is alive for as long as it hears it', async () => {
    const { pass, isAlive, rung, told } = setUp();
    await pass(10 * DEAF_AFTER_MS);
    expect(isAlive()).toBe(true);
    expect(new Set(rung)).toEqual(
      new Set(['webhook-events', 'replies', 'sends', 'knowledge', 'maintenance']),
    );
    expect(told).toEqual([]);
  });

  test('that hears nothing any more is deaf within 75 s, and says so once', async () => {
    const { state, pass, isAlive, told } = setUp();
    await pass(20_000);
    state.isDeaf = true;
    await pass(DEAF_AFTER_MS - 15_000);
    expect(isAlive()).toBe(true);
    await pass(30_000);
    expect(isAlive()).toBe(false);
    await pass(60_000);
    expect(told).toEqual(['queue.worker-deaf']);
  });

  test('is not to blame for a queue that is away, nor right after it came back', async () => {
    const { state, pass, isAlive } = setUp();
    await pass(20_000);
    state.isDeaf = true;
    state.isAway = true;
    await pass(10 * DEAF_AFTER_MS);
    expect(isAlive()).toBe(true);
    state.isAway = false;
    await pass(DEAF_AFTER_MS - 15_000);
    expect(isAlive()).toBe(true);
    await pass(30_000);
    expect(isAlive()).toBe(false);
  });

  test('is not to blame for a queue that a person has paused, nor right after it goes on', async () => {
    const { state, pass, isAlive, told } = setUp();
    await pass(20_000);
    state.isPaused = true;
    await pass(10 * DEAF_AFTER_MS);
    expect(isAlive()).toBe(true);
    state.isDeaf = true;
    state.isPaused = false;
    await pass(DEAF_AFTER_MS - 15_000);
    expect(isAlive()).toBe(true);
    await pass(30_000);
    expect(isAlive()).toBe(false);
    expect(told).toEqual(['queue.worker-deaf']);
  });

  test.each([{ concurrency: 1 }, { rate: { max: 1, duration: 600_000 } }])(
    'is not to blame for a queue that a person has limited, and takes none of its turns: %j',
    async (limit) => {
      const { state, pass, isAlive, rung, told } = setUp();
      await pass(20_000);
      Object.assign(state, limit);
      rung.length = 0;
      await pass(10 * DEAF_AFTER_MS);
      expect([isAlive(), rung.includes('sends'), told]).toEqual([true, false, []]);
    },
  );

  test('tells what is set on the board, once each time it changes, and again where nobody heard it', async () => {
    const { state, pass, holds } = setUp();
    const ofSends = () => holds.splice(0).filter((line) => line.startsWith('sends'));
    await pass(20_000);
    expect(ofSends()).toEqual(['sends null']);
    state.isUntold = true;
    state.isPaused = true;
    await pass(20_000);
    expect(ofSends()).toEqual([]);
    state.isUntold = false;
    await pass(30_000);
    expect(ofSends()).toEqual(['sends {"isPaused":true,"concurrency":null,"rate":null}']);
    state.isPaused = false;
    await pass(30_000);
    expect(ofSends()).toEqual(['sends null']);
  });

  test('that works on the other queues is found deaf there while one is paused', async () => {
    const { state, pass, isAlive } = setUp();
    await pass(20_000);
    state.isPaused = true;
    state.isDeaf = true;
    await pass(2 * DEAF_AFTER_MS);
    expect(isAlive()).toBe(false);
  });

  test('with all hands full is busy, not deaf', async () => {
    const { liveness, pass, isAlive } = setUp();
    const { promise, resolve } = Promise.withResolvers<void>();
    const long = liveness.track('replies', () => promise);
    await pass(3 * DEAF_AFTER_MS);
    expect(isAlive()).toBe(true);
    resolve();
    await long;
    await pass(3 * DEAF_AFTER_MS);
    expect(isAlive()).toBe(true);
  });

  test('whose only job does not end is stuck, but not before four model calls of 600 s can have ended', async () => {
    const { liveness, pass, isAlive } = setUp();
    void liveness.track('replies', () => new Promise(() => {}));
    await pass(41 * 60_000);
    expect(isAlive()).toBe(true);
    await pass(10 * 60_000);
    expect(isAlive()).toBe(false);
  });

  test('that has been reading a knowledge base for hours is busy with it', async () => {
    const { liveness, pass, isAlive, told } = setUp();
    void liveness.track('knowledge', () => new Promise(() => {}));
    await pass(3 * 3_600_000);
    expect(isAlive()).toBe(true);
    expect(told).toEqual([]);
  });

  test('that stood still as a whole is not called deaf when it wakes up', async () => {
    const { pass, isAlive, told } = setUp();
    await pass(20_000);
    vi.setSystemTime(Date.now() + 600_000);
    await pass(20_000);
    expect(isAlive()).toBe(true);
    expect(told).toEqual([]);
  });

  test('that is shutting down is left in peace', async () => {
    const { state, liveness, pass, isAlive } = setUp();
    await pass(20_000);
    state.isDeaf = true;
    liveness.stop();
    await pass(10 * DEAF_AFTER_MS);
    expect(isAlive()).toBe(true);
  });
});

describe('a heartbeat', () => {
  test('that a worker finds which has just worked is passed on to a hungry one, for some seconds', async () => {
    const { liveness } = setUp();
    await liveness.track('sends', async () => {});
    const { run } = liveness.heartbeatOf('sends');
    await expect(run({}, context(Date.now()))).rejects.toMatchObject({ code: 'queue.delayed' });
    await expect(run({}, context(Date.now() - 6_000))).resolves.toBeUndefined();
  });

  test('is taken by a worker that has done nothing for a while', async () => {
    const { liveness, pass } = setUp();
    await pass(9_000);
    await expect(liveness.heartbeatOf('sends').run({}, context(Date.now()))).resolves.toBeUndefined();
  });
});
