import { describe, expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { withRetry } from './retry.ts';

const policy = { attempts: 3, baseMs: 100, maxMs: 1_000 };

function setUp(failures: Error[]) {
  const slept: number[] = [];
  let calls = 0;
  const run = async () => {
    calls += 1;
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    return 'done';
  };
  const sleep = async (ms: number) => void slept.push(ms);
  return { run, sleep, slept, calls: () => calls };
}

const passing = (retryAfterMs?: number) =>
  new AppError('busy', { code: 'test.busy', isRetryable: true, retryAfterMs });

describe('withRetry', () => {
  test('runs again after a failure that may pass', async () => {
    const { run, sleep, slept } = setUp([passing(), passing()]);
    await expect(withRetry({ policy, sleep, random: () => 1 })(run)).resolves.toBe('done');
    expect(slept).toEqual([100, 200]);
  });

  test('gives up after the last attempt with the last error', async () => {
    const { run, sleep, calls } = setUp([passing(), passing(), passing()]);
    await expect(withRetry({ policy, sleep })(run)).rejects.toMatchObject({ code: 'test.busy' });
    expect(calls()).toBe(3);
  });

  test('does not repeat what nobody called retryable', async () => {
    const { run, sleep, calls } = setUp([new Error('bug')]);
    await expect(withRetry({ policy, sleep })(run)).rejects.toThrow('bug');
    expect(calls()).toBe(1);
  });

  test('waits as long as the other side asked, within the bound', async () => {
    const { run, sleep, slept } = setUp([passing(700), passing(60_000)]);
    await withRetry({ policy, sleep, random: () => 0 })(run);
    expect(slept).toEqual([700, 1_000]);
  });

  test('never retries after an abort', async () => {
    const controller = new AbortController();
    const { sleep } = setUp([]);
    let calls = 0;
    const run = async () => {
      calls += 1;
      controller.abort(new Error('stop'));
      throw passing();
    };
    await expect(withRetry({ policy, sleep, signal: controller.signal })(run)).rejects.toThrow('busy');
    expect(calls).toBe(1);
  });
});
