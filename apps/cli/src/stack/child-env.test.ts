import { expect, test } from 'vitest';
import { baseEnvOf, definedOf } from './child-env.ts';

test('an app gets what any program needs, and none of our variables by accident', () => {
  const environment = { PATH: '/bin', HOME: '/root', DATABASE_URL: 'postgres://real/one', TZ: undefined };
  expect(baseEnvOf(environment, {})).toEqual({ PATH: '/bin', HOME: '/root' });
});

test('the log settings of the environment win over the defaults', () => {
  expect(baseEnvOf({ LOG_LEVEL: 'debug' }, { LOG_LEVEL: 'error', LOG_FORMAT: 'pretty' })).toEqual({
    LOG_LEVEL: 'debug',
    LOG_FORMAT: 'pretty',
  });
});

test('named variables that are not set stay absent', () => {
  expect(definedOf({ A: '1', B: undefined, C: '3' }, ['A', 'B', 'D'])).toEqual({ A: '1' });
});
