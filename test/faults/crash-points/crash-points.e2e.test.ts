import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Services } from './crash-world.ts';
import { openCrashServices } from './open-crash-services.ts';
import { pickSome } from './pick-some.ts';
import { describeRun, planCrashes, runAllCrashes } from './run-all-crashes.ts';

// All of them, for each number of parts and with lost echoes, take a quarter of an hour: `npm run test:faults -- crash-points`.
const SOME = 4;
const seed = '1';

let services: Services & { close: () => Promise<void> };
beforeAll(async () => {
  services = await openCrashServices({
    databaseUrl: inject('databaseUrl'),
    redisUrl: inject('redisUrl'),
    echo: 'after',
  });
});
afterAll(() => services.close());

test('a worker that is killed at any step answers once, with all parts in their order', async () => {
  const planned = await planCrashes(services, [2]);
  // A step before and after which nobody can crash would be one that is not watched.
  const points = new Set(planned.map(({ crash }) => crash.point));
  for (const step of [
    'turns.takeInMessage',
    'turns.claimTurn',
    'turns.storeReply',
    'sends.beginSend',
    'avito.sendText',
    'sends.markSent',
  ]) {
    expect([...points]).toEqual(expect.arrayContaining([`before ${step}`, `after ${step}`]));
  }
  const results = await runAllCrashes(services, pickSome(planned, { count: SOME, seed }));
  expect(
    results
      .filter(({ isRight }) => !isRight)
      .map((run) => [describeRun(run), run.sent, run.verdict.problems]),
  ).toEqual([]);
}, 240_000);
