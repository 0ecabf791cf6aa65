import { AppError } from '@avito-autoreply/runtime';
import { expect, test, vi } from 'vitest';
import { createCircuitBreaker } from './circuit-breaker.ts';

const down = () => Promise.reject(new AppError('away', { code: 'model.unavailable', isRetryable: true }));

function setUp() {
  let now = 1_000;
  const breaker = createCircuitBreaker({
    name: 'chat',
    failures: 2,
    restMs: 100,
    maxRestMs: 300,
    clock: { now: () => now },
  });
  const fail = () => breaker.run(down).catch((error: AppError) => error.code);
  return { breaker, fail, wait: (ms: number) => (now += ms) };
}

test('after some failures in a row calls fail at once, without being made', async () => {
  const { breaker, fail } = setUp();
  expect([await fail(), await fail(), await fail()]).toEqual([
    'model.unavailable',
    'model.unavailable',
    'model.resting',
  ]);
  const call = vi.fn(() => Promise.resolve('ok'));
  await expect(breaker.run(call)).rejects.toMatchObject({ code: 'model.resting', retryAfterMs: 100 });
  expect(call).not.toHaveBeenCalled();
});

test('after the rest one call tries it: success closes it', async () => {
  const { breaker, fail, wait } = setUp();
  await fail();
  await fail();
  wait(100);
  let answer: (text: string) => void = () => undefined;
  const trial = breaker.run(() => new Promise<string>((resolve) => (answer = resolve)));
  expect(breaker.isOpen()).toBe(true);
  expect(await fail()).toBe('model.resting');
  answer('ok');
  expect(await trial).toBe('ok');
  expect(breaker.isOpen()).toBe(false);
  expect(await fail()).toBe('model.unavailable');
  expect(breaker.isOpen()).toBe(false);
});

test('each failed trial doubles the rest, up to a bound', async () => {
  const { fail, wait } = setUp();
  await fail();
  await fail();
  for (const rest of [100, 200, 300, 300]) {
    wait(rest - 1);
    expect(await fail()).toBe('model.resting');
    wait(1);
    expect(await fail()).toBe('model.unavailable');
  }
});

test('a success between failures starts the count again, and a bad answer is no outage', async () => {
  const { breaker, fail } = setUp();
  await fail();
  await breaker.run(() => Promise.resolve('ok'));
  await fail();
  const bad = () => Promise.reject(new AppError('nonsense', { code: 'model.bad-answer' }));
  await breaker.run(bad).catch(() => undefined);
  await breaker.run(bad).catch(() => undefined);
  expect(breaker.isOpen()).toBe(false);
});

/** A call that ends when it is told to. */
function held() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { call: () => promise, answer: () => resolve('ok'), goDown: () => void down().catch(reject) };
}

test('calls that were on their way when it opened make the first rest no longer', async () => {
  const { breaker, fail, wait } = setUp();
  const calls = [held(), held(), held(), held()];
  const ended = calls.map(({ call }) => breaker.run(call).catch((error: AppError) => error.code));
  for (const { goDown } of calls) goDown();
  await Promise.all(ended);
  wait(99);
  expect(await fail()).toBe('model.resting');
  wait(1);
  expect(await fail()).toBe('model.unavailable');
});

test('a call from before the rest ends, and the trial is still the only one', async () => {
  const { breaker, fail, wait } = setUp();
  const early = held();
  const earlyEnd = breaker.run(early.call).catch((error: AppError) => error.code);
  await fail();
  await fail();
  wait(100);
  const trial = held();
  const trialEnd = breaker.run(trial.call);
  early.goDown();
  await earlyEnd;
  expect(await fail()).toBe('model.resting');
  trial.answer();
  await trialEnd;
  expect(breaker.isOpen()).toBe(false);
});

test('after a success the next outage begins with the first rest again', async () => {
  const { breaker, fail, wait } = setUp();
  for (const rest of [0, 0, 100]) {
    wait(rest);
    await fail();
  }
  wait(200);
  await breaker.run(() => Promise.resolve('ok'));
  await fail();
  await fail();
  wait(100);
  expect(await fail()).toBe('model.unavailable');
});
