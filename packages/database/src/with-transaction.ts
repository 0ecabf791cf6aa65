import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { asDatabaseError, isLostConnection } from './database-errors.ts';
import { isStaleStatement, statementName } from './prepared-statement.ts';

/** One statement on a transaction (or on the pool, for a single one). Returns the rows. */
export type RunQuery = <Row extends QueryResultRow>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>;

function queryOn(target: Pool | PoolClient): RunQuery {
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) => {
    const { rows } = await target.query<Row>({ name: statementName(text), text, values: [...values] });
    return rows;
  };
}

/** Single statements outside a transaction, with the driver's errors translated. */
export function createRunQuery(pool: Pool): RunQuery {
  const run = queryOn(pool);
  return async <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => {
    try {
      return await onFreshStatements(pool, () => run<Row>(text, values));
    } catch (error) {
      throw asDatabaseError(error);
    }
  };
}

/**
 * Runs `work` in one READ COMMITTED transaction: commits what it returns, rolls back what it throws.
 * Keep it short and never wait for anything but the database inside: on PGlite all transactions queue behind it.
 * After `database.unavailable` the commit may or may not have happened, so `work` must be safe to repeat.
 */
export async function withTransaction<T>(pool: Pool, work: (run: RunQuery) => Promise<T>): Promise<T> {
  try {
    return await onFreshStatements(pool, () => tryTransaction(pool, work));
  } catch (error) {
    throw asDatabaseError(error);
  }
}

/**
 * After a migration under a running program each connection fails once, before it has done anything, and is replaced:
 * so at most all of the pool's.
 */
async function onFreshStatements<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  for (let left = pool.options.max; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!isStaleStatement(error) || left === 0) throw error;
    }
  }
}

async function tryTransaction<T>(pool: Pool, work: (run: RunQuery) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(queryOn(client));
    await client.query('commit');
    return result;
  } catch (error) {
    broken = isLostConnection(error) || isStaleStatement(error) || !(await rolledBack(client));
    throw error;
  } finally {
    // A broken connection is closed: in the pool it would fail the next caller.
    client.release(broken);
  }
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}
