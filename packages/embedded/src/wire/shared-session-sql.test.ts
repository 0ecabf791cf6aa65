import { describe, expect, test } from 'vitest';
import { forSharedSession } from './shared-session-sql.ts';

describe('statements in a shared session', () => {
  test.each([
    ['LISTEN jobs', [{ kind: 'listen', channel: 'jobs' }]],
    ['listen Jobs;', [{ kind: 'listen', channel: 'jobs' }]],
    ['LISTEN "Jo""bs"', [{ kind: 'listen', channel: 'Jo"bs' }]],
    ['-- wakes the worker\n/* and */ LISTEN jobs;', [{ kind: 'listen', channel: 'jobs' }]],
    [
      'select 1; LISTEN a; LISTEN b',
      [
        { kind: 'listen', channel: 'a' },
        { kind: 'listen', channel: 'b' },
      ],
    ],
    ["insert into notes values ('please listen to me')", []],
    ['select 1', []],
  ])('%j changes subscriptions to %j and stays as it is', (sql, changes) => {
    expect(forSharedSession(sql)).toEqual({ sql, changes });
  });

  test.each([
    ['UNLISTEN jobs', { kind: 'unlisten', channel: 'jobs' }],
    ['UNLISTEN *;', { kind: 'unlisten-all' }],
  ])('%j ends the subscription of this client and leaves the session alone', (sql, change) => {
    const result = forSharedSession(sql);
    expect(result.changes).toEqual([change]);
    expect(result.sql).toMatch(/^UNLISTEN "embedded: nobody"/);
  });

  test.each(['COPY notes FROM STDIN', 'select 1;\ncopy notes (a, b) from stdin with csv'])(
    '%j becomes an error of the statement',
    (sql) => {
      expect(forSharedSession(sql).sql).toContain('COPY FROM STDIN is not available');
    },
  );

  test('COPY to the client stays as it is', () => {
    expect(forSharedSession('COPY notes TO STDOUT').sql).toBe('COPY notes TO STDOUT');
  });
});
