import { ConfigError } from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { exitCodeOf, UsageError } from './exit-code.ts';

test.each([
  ['the call was wrong', new UsageError('choose', { code: 'account.required' }), 2],
  ['a variable is wrong', new ConfigError(['X: must be a number']), 2],
  ['a variable is missing', new AppError('set it', { code: 'config.no-account' }), 2],
  ['a path is wrong', new AppError('no such file', { code: 'knowledge.no-such-path' }), 2],
  ['a service is down', new AppError('silent', { code: 'database.unavailable' }), 1],
  ['nobody expected it', new TypeError('x is not a function'), 1],
])('when %s the exit code tells', (_name, error, expected) => {
  expect(exitCodeOf(error)).toBe(expected);
});
