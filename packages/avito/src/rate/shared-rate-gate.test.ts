import { type LogFields, silentLogger } from '@avito-autoreply/runtime';
import { expect, test, vi } from 'vitest';
import type { RateFacts } from './rate-gate.ts';
import type { RateLimit } from './rate-store.ts';
import { createSharedRateGate } from './shared-rate-gate.ts';

const MINUTE_MS = 60_000;

function setUp() {
  const clock = { ms: 1795333261_000, now: () => clock.ms };
  const stored = new Map<string, RateLimit>();
  const store = {
    load: vi.fn(async () => [...stored.values()]),
    save: vi.fn(async (limit: RateLimit) => void stored.set(limit.lane, limit)),
  };
  const warn = vi.fn<(message: string, fields?: LogFields) => void>();
  const gate = createSharedRateGate({ store, clock, logger: { ...silentLogger, warn } });
  const note = (facts: Partial<RateFacts>) =>
    gate.note({ lane: 'messenger', status: 429, retryAfterMs: undefined, ...facts });
  return { clock, stored, store, warn, gate, note };
}

const told = (changes: Partial<RateLimit> = {}): RateLimit => ({
  lane: 'messenger',
  waitMs: 5_000,
  refusals: 1,
  ...changes,
});

test('what another process was told is known before the first call', async () => {
  const { gate, stored } = setUp();
  stored.set('messenger', told());
  expect(await gate.waitMs('messenger')).toBe(5_000);
  expect(await gate.waitMs('items-list')).toBe(0);
});

test('calls in quick succession ask the store once, and none of them waits for it', async () => {
  const { gate, store, clock } = setUp();
  await gate.waitMs('messenger');
  clock.ms += 300;
  store.load.mockImplementation(() => new Promise(() => {}));
  for (let call = 0; call < 100; call += 1) expect(await gate.waitMs('messenger')).toBe(0);
  expect(store.load).toHaveBeenCalledTimes(2);
});

test('nothing is written while calls get through', async () => {
  const { note, store } = setUp();
  for (let call = 0; call < 100; call += 1) await note({ status: 200 });
  expect(store.save).not.toHaveBeenCalled();
});

test('a refusal and the call that ends the row of refusals are written, and nothing between', async () => {
  const { note, store } = setUp();
  await note({ retryAfterMs: 3_000 });
  await note({ status: 200 });
  await note({ status: 200 });
  expect(store.save.mock.calls).toEqual([[told({ waitMs: 3_000 })], [told({ waitMs: 3_000, refusals: 0 })]]);
});

test('the row of refusals goes on where another process left it', async () => {
  const { gate, note, stored, clock } = setUp();
  stored.set('messenger', told({ waitMs: 0, refusals: 3 }));
  await gate.waitMs('messenger');
  await note({});
  clock.ms += 1;
  expect(await gate.waitMs('messenger')).toBe(7_999);
});

test('a view that was read before an own refusal does not end the row of refusals', async () => {
  const { gate, note, store } = setUp();
  const { promise, resolve } = Promise.withResolvers<RateLimit[]>();
  store.load.mockReturnValueOnce(promise);
  const early = gate.waitMs('messenger');
  await note({});
  resolve([told({ waitMs: 0, refusals: 0 })]);
  await early;
  await note({});
  expect(store.save.mock.calls.map(([{ refusals }]) => refusals)).toEqual([1, 2]);
});

test('a store in trouble is told about once, and the gate goes by what it knows itself', async () => {
  const { gate, note, store, warn, clock } = setUp();
  store.load.mockRejectedValue(new Error('no database'));
  store.save.mockRejectedValue(new Error('no database'));
  expect(await gate.waitMs('messenger')).toBe(0);
  await note({ retryAfterMs: MINUTE_MS });
  clock.ms += 2_000;
  expect(await gate.waitMs('messenger')).toBe(58_000);
  expect(warn).toHaveBeenCalledTimes(1);
});

test('a store that hangs holds up one call for a moment, and no other', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { gate, store } = setUp();
    store.load.mockImplementation(() => new Promise(() => {}));
    const first = gate.waitMs('messenger');
    await vi.advanceTimersByTimeAsync(100);
    expect(await first).toBe(0);
    expect(await gate.waitMs('messenger')).toBe(0);
    expect(store.load).toHaveBeenCalledTimes(1);
  } finally {
    vi.useRealTimers();
  }
});
