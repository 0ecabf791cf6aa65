import { expect, test } from 'vitest';
import { createMemoryRateGate } from './memory-rate-gate.ts';
import { laneOf, type RateFacts, rateFactsOf } from './rate-gate.ts';

const NOW_MS = 1795333261_000;

function setUp() {
  const clock = { ms: NOW_MS, now: () => clock.ms };
  const gate = createMemoryRateGate({ clock });
  const note = (facts: Partial<RateFacts>) =>
    void gate.note({ lane: 'messenger', status: 429, retryAfterMs: undefined, ...facts });
  return { clock, gate, note };
}

test('nothing waits before Avito has said anything', () => {
  expect(setUp().gate.waitMs('messenger')).toBe(0);
});

test('a wait that was asked for runs off', () => {
  const { gate, note, clock } = setUp();
  note({ retryAfterMs: 5_000 });
  clock.ms += 2_000;
  expect(gate.waitMs('messenger')).toBe(3_000);
  clock.ms += 3_000;
  expect(gate.waitMs('messenger')).toBe(0);
});

test('refusals without a hint ask for more and more, until a call gets through', () => {
  const { gate, note, clock } = setUp();
  const waits = [1, 2, 3].map(() => {
    note({});
    const waitMs = Number(gate.waitMs('messenger'));
    clock.ms += waitMs;
    return waitMs;
  });
  expect(waits).toEqual([1_000, 2_000, 4_000]);
  note({ status: 200 });
  expect(gate.waitMs('messenger')).toBe(0);
  note({});
  expect(gate.waitMs('messenger')).toBe(1_000);
});

test('refusals without a hint never ask for more than a minute', () => {
  const { gate, note } = setUp();
  for (let i = 0; i < 2_000; i += 1) note({});
  expect(gate.waitMs('messenger')).toBe(60_000);
});

test('a success that comes late does not lift a wait', () => {
  const { gate, note } = setUp();
  note({ retryAfterMs: 5_000 });
  note({ status: 200 });
  expect(gate.waitMs('messenger')).toBe(5_000);
});

test('one lane’s limit does not hold up another', () => {
  const { gate, note } = setUp();
  note({ lane: 'items-list', retryAfterMs: 5_000 });
  expect(gate.waitMs('messenger')).toBe(0);
  expect(gate.waitMs('items-list')).toBe(5_000);
});

test.each([
  ['/messenger/v1/accounts/1/chats/u2i-1/messages', 'messenger'],
  ['/core/v1/items', 'items-list'],
  ['/core/v1/accounts/1/items/2/', 'item-info'],
  ['/core/v1/accounts/self', 'other'],
])('%s is counted as %s', (path, lane) => {
  expect(laneOf(path)).toBe(lane);
});

const cases: { says: string; status: number; headers: Record<string, string>; waitMs: number | undefined }[] =
  [
    { says: 'a 429 with Retry-After', status: 429, headers: { 'retry-after': '3' }, waitMs: 3_000 },
    { says: 'a 503 with Retry-After', status: 503, headers: { 'retry-after': '3' }, waitMs: 3_000 },
    { says: 'a bare 429', status: 429, headers: {}, waitMs: undefined },
    {
      says: 'a success with calls left',
      status: 200,
      headers: { 'x-ratelimit-limit': '25', 'x-ratelimit-remaining': '1' },
      waitMs: undefined,
    },
    {
      says: 'a success without calls left',
      status: 200,
      headers: { 'x-ratelimit-limit': '25', 'x-ratelimit-remaining': '0' },
      waitMs: 2_400,
    },
    {
      says: 'a success with a limit alone',
      status: 200,
      headers: { 'x-ratelimit-limit': '25' },
      waitMs: undefined,
    },
  ];
test.each(cases)('$says asks for $waitMs ms', ({ status, headers, waitMs }) => {
  const response = { status, header: (name: string) => headers[name], text: '' };
  expect(rateFactsOf({ path: '/core/v1/items', response, nowMs: NOW_MS }).retryAfterMs).toBe(waitMs);
});
