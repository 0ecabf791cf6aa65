import { expect, test } from 'vitest';
import { retryDelay, retryPolicies, type RetryPolicyName } from './retry-policies.ts';

const patienceMs = (policy: RetryPolicyName, random: number): number =>
  Array.from({ length: retryPolicies[policy].attempts - 1 }, (_, index) =>
    retryDelay({ policy, attempt: index + 1, random }),
  ).reduce((sum, delay) => sum + delay, 0);

test('the policies are as patient as their names say, whatever the jitter', () => {
  const HOUR = 3_600_000;
  const MINUTE = 60_000;
  expect(patienceMs('hours', 0)).toBeGreaterThan(2 * HOUR);
  expect(patienceMs('hours', 0.999)).toBeLessThan(5 * HOUR);
  expect(patienceMs('minutes', 0)).toBeGreaterThan(4 * MINUTE);
  expect(patienceMs('minutes', 0.999)).toBeLessThan(12 * MINUTE);
  expect(patienceMs('patient', 0)).toBeGreaterThan(7 * MINUTE);
  expect(patienceMs('patient', 0.999)).toBeLessThan(20 * MINUTE);
  expect(patienceMs('none', 0.5)).toBe(0);
});

test('a policy that only another release knows still backs off', () => {
  const known = retryDelay({ policy: 'minutes', attempt: 3, random: 0.5 });
  expect(retryDelay({ policy: 'of-another-release', attempt: 3, random: 0.5 })).toBe(known);
  expect(retryDelay({ policy: undefined, attempt: 3, random: 0.5 })).toBe(known);
  expect(retryDelay({ policy: 'toString', attempt: 3, random: 0.5 })).toBe(known);
});
