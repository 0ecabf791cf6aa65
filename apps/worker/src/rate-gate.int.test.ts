import {
  createMemoryRateGate,
  createSharedRateGate,
  type RateFacts,
  type RateGate,
} from '@avito-autoreply/avito';
import { createAvitoStores, createPool, migrate } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

const url = inject('databaseUrl');
const pool = createPool({ url, max: 2, logger: silentLogger });
beforeAll(() => migrate({ url, logger: silentLogger }));
afterAll(() => pool.end());

const newAccountId = () => 1_000_000 + Math.floor(Math.random() * 1_000_000_000_000);

type Ms = { ms: number; now: () => number };
const newClock = (): Ms => {
  const clock = { ms: 1_795_333_261_000, now: () => clock.ms };
  return clock;
};
function shared(accountId: number, clock: Ms) {
  const store = createAvitoStores({ pool }).rateStoreOf(accountId);
  const asked: Promise<unknown>[] = [];
  const remembering = <T>(work: Promise<T>): Promise<T> => {
    asked.push(work.catch(() => undefined));
    return work;
  };
  const gate = createSharedRateGate({
    store: {
      load: () => remembering(store.load()),
      save: (limit) => remembering(store.save(limit)),
    },
    clock,
    logger: silentLogger,
  });
  const answered = () => Promise.all(asked);
  return {
    ...gate,
    note: async (facts: RateFacts) => {
      await gate.note(facts);
      await answered();
    },
    /** What it says a second later. A gate waits 100 ms for its store, a test until the store has answered. */
    secondLater: async (): Promise<number> => {
      clock.ms += 1_000;
      await gate.waitMs('messenger');
      await answered();
      return gate.waitMs('messenger');
    },
  };
}

const noting =
  (gate: RateGate) =>
  async (facts: Partial<RateFacts>): Promise<void> =>
    gate.note({ lane: 'messenger', status: 429, retryAfterMs: undefined, ...facts });

// The rules that the client relies on, whichever gate it has.
describe.each([
  ['in memory', (clock: Ms) => createMemoryRateGate({ clock })],
  ['over Postgres', (clock: Ms) => shared(newAccountId(), clock)],
])('a rate gate %s', (_name, create) => {
  const setUp = () => {
    const clock = newClock();
    const gate = create(clock);
    return { clock, gate, note: noting(gate) };
  };

  test('is open before Avito has said anything', async () => {
    expect(await setUp().gate.waitMs('messenger')).toBe(0);
  });

  test('lets a wait run off', async () => {
    const { clock, gate, note } = setUp();
    await gate.waitMs('messenger');
    await note({ retryAfterMs: 500 });
    clock.ms += 200;
    expect(await gate.waitMs('messenger')).toBe(300);
  });

  test('asks for more after each refusal without a hint', async () => {
    const { gate, note } = setUp();
    await gate.waitMs('messenger');
    await note({});
    await note({});
    expect(await gate.waitMs('messenger')).toBe(2_000);
  });

  test('begins anew after a success, which lifts no wait', async () => {
    const { gate, note } = setUp();
    await gate.waitMs('messenger');
    await note({ retryAfterMs: 3_000 });
    await note({ status: 200 });
    expect(await gate.waitMs('messenger')).toBe(3_000);
    await note({});
    expect(await gate.waitMs('messenger')).toBe(3_000);
  });

  test('keeps the lanes apart', async () => {
    const { gate, note } = setUp();
    await note({ lane: 'items-list', retryAfterMs: 5_000 });
    expect(await gate.waitMs('messenger')).toBe(0);
    expect(await gate.waitMs('items-list')).toBe(5_000);
  });
});

describe('two processes', () => {
  const setUp = () => {
    const accountId = newAccountId();
    const clocks = [newClock(), newClock()] as const;
    return { clocks, one: shared(accountId, clocks[0]), other: shared(accountId, clocks[1]) };
  };

  test('a refusal of the one holds back the other, whatever its clock says', async () => {
    const { clocks, one, other } = setUp();
    clocks[1].ms += 3_600_000;
    await noting(one)({ retryAfterMs: 600_000 });
    expect(await other.secondLater()).toBeGreaterThan(500_000);
    expect(await other.waitMs('items-list')).toBe(0);
  });

  test('a running process learns of it a second later', async () => {
    const { one, other } = setUp();
    expect(await other.secondLater()).toBe(0);
    await noting(one)({ retryAfterMs: 600_000 });
    expect(await other.secondLater()).toBeGreaterThan(500_000);
  });

  test('their refusals count together, and the success of one ends the row for both', async () => {
    const { one, other } = setUp();
    for (let refusal = 1; refusal <= 5; refusal += 1) await noting(one)({});
    await other.secondLater();
    await noting(other)({});
    // The fifth asked for 16 s, the sixth for 32.
    expect(await one.secondLater()).toBeGreaterThan(16_000);
    await noting(one)({ status: 200 });
    await other.secondLater();
    await noting(other)({});
    // The seventh in a row would have asked for a minute.
    expect(await other.secondLater()).toBeLessThanOrEqual(32_000);
  });

  test('accounts know nothing of each other', async () => {
    const { one } = setUp();
    await noting(one)({ retryAfterMs: 60_000 });
    expect(await setUp().other.waitMs('messenger')).toBe(0);
  });
});

test('without a database a call is not held up, and the gate works on', async () => {
  const broken = createPool({ url: 'postgres://u:p@127.0.0.1:1/x', max: 1, logger: silentLogger });
  const gate = createSharedRateGate({
    store: createAvitoStores({ pool: broken }).rateStoreOf(1),
    clock: newClock(),
    logger: silentLogger,
  });
  expect(await gate.waitMs('messenger')).toBe(0);
  await noting(gate)({ retryAfterMs: 5_000 });
  expect(await gate.waitMs('messenger')).toBe(5_000);
  await broken.end();
});
