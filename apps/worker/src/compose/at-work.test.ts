import { silentLogger } from '@avito-autoreply/runtime';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { whileAtWork } from './at-work.ts';

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  let said = 0;
  const say = async (): Promise<void> => {
    said += 1;
  };
  const after = async (minutes: number): Promise<number> => {
    await vi.advanceTimersByTimeAsync(minutes * MINUTE_MS);
    return said;
  };
  return { atWork: { say, everyMs: MINUTE_MS, logger: silentLogger }, after };
}

test('work says that it goes on until it ends, also where it fails', async () => {
  const { atWork, after } = setUp();
  const { promise, reject } = Promise.withResolvers<never>();
  const work = whileAtWork(atWork, () => promise);
  expect(await after(3)).toBe(3);
  reject(new Error('the model is away'));
  await expect(work).rejects.toThrow('the model is away');
  expect(await after(5)).toBe(3);
});

test('work that hangs falls silent after three quarters of an hour', async () => {
  const { atWork, after } = setUp();
  void whileAtWork(atWork, () => new Promise(() => {}));
  const said = await after(46);
  expect(said).toBeGreaterThanOrEqual(44);
  expect(await after(120)).toBe(said);
});
