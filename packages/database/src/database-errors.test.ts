import { AppError } from '@avito-autoreply/runtime';
import { DatabaseError } from 'pg';
import { describe, expect, test } from 'vitest';
import { asDatabaseError, isLostConnection } from './database-errors.ts';

const fromServer = (code: string) =>
  Object.assign(new DatabaseError('duplicate key: a buyer wrote this', 1, 'error'), { code });
const fromSystem = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('asDatabaseError', () => {
  test.each([
    [fromSystem('ECONNREFUSED'), 'database.unavailable', true],
    [new Error('Connection terminated unexpectedly'), 'database.unavailable', true],
    [new Error('Query read timeout'), 'database.unavailable', true],
    [fromServer('57P01'), 'database.unavailable', true],
    [fromServer('53300'), 'database.unavailable', true],
    [fromServer('40P01'), 'database.conflict', true],
    [fromServer('57014'), 'database.timeout', true],
    [fromServer('42P01'), 'database.not-migrated', false],
    [fromServer('28P01'), 'database.refused', false],
  ])('%s becomes %s', (error, code, isRetryable) => {
    expect(asDatabaseError(error)).toMatchObject({ code, isRetryable, cause: error });
  });

  test('a disk without room is told apart from a server that does not answer', () => {
    expect(asDatabaseError(fromServer('53100'))).toMatchObject({
      code: 'database.unavailable',
      isRetryable: true,
      message: expect.stringContaining('no room left on its disk'),
    });
  });

  test('what nobody classified stays what it is', () => {
    const error = fromServer('23505');
    expect(asDatabaseError(error)).toBe(error);
    const ours = new AppError('ours', { code: 'database.unsafe-number' });
    expect(asDatabaseError(ours)).toBe(ours);
  });
});

test('too many connections is not a lost connection: the one at hand still works', () => {
  expect(isLostConnection(fromServer('53300'))).toBe(false);
  expect(isLostConnection(fromServer('57P01'))).toBe(true);
});
