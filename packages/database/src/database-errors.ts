import { AppError } from '@avito-autoreply/runtime';
import { DatabaseError } from 'pg';

// Where these appear the connection is gone or unusable, whatever the statement was.
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout exceeded when trying to connect|read ECONNRESET|timeout expired)/;
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
// admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped; class 08 and 53 (too many connections, disk full).
const serverGone = /^(57P0[1-4]|08...|53...)$/;

const DISK_FULL = '53100';

function systemCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** True when the connection cannot be used again, so not even for a rollback. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof DatabaseError) return /^(57P0[1-4]|08...)$/.test(error.code ?? '');
  return networkCodes.has(systemCode(error)) || lostConnection.test(error.message);
}

/**
 * Translates what the driver throws into an AppError where the cause is known; everything else comes back as it is.
 * The messages never hold a row's values: buyers' texts stay out of logs.
 */
export function asDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = systemCode(error);
  if (isLostConnection(error) || serverGone.test(code)) {
    return new AppError(
      code === DISK_FULL
        ? 'Postgres has no room left on its disk: make some; what was being written is undone'
        : 'Postgres does not answer: check DATABASE_URL and that the server runs and has connections free',
      {
        code: 'database.unavailable',
        cause: error,
        isRetryable: true,
      },
    );
  }
  switch (code) {
    case '40001': // serialization_failure
    case '40P01': // deadlock_detected
    case '55P03': // lock_not_available
      return new AppError('Postgres gave up a transaction that collided with another', {
        code: 'database.conflict',
        cause: error,
        isRetryable: true,
      });
    case '57014': // query_canceled
      return new AppError('Postgres stopped a statement that ran longer than statement_timeout', {
        code: 'database.timeout',
        cause: error,
        isRetryable: true,
      });
    case '42P01': // undefined_table
    case '42703': // undefined_column
      return new AppError(
        'the database lacks a table or column that this version needs: run `npm run db:migrate`',
        {
          code: 'database.not-migrated',
          cause: error,
        },
      );
    case '28P01': // invalid_password
    case '28000': // invalid_authorization_specification
    case '3D000': // invalid_catalog_name
      return new AppError(`Postgres refused the connection (${error.message}): check DATABASE_URL`, {
        code: 'database.refused',
        cause: error,
      });
    default:
      return error;
  }
}
