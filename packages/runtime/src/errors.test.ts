import { describe, expect, test } from 'vitest';
import { errorInfo, errorMessage } from './errors.ts';

const CANARY = 'Иван "Канарейка" +7 912 345-67-89';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

const ofPostgres = (code: string, message: string) =>
  Object.assign(new Error(message), { severity: 'ERROR', code, detail: `Key (text)=(${CANARY})` });

describe('an error that quotes what it could not read', () => {
  test.each([
    ['JSON.parse, a short text', thrownBy(() => JSON.parse(CANARY))],
    ['JSON.parse, a long one', thrownBy(() => JSON.parse(`{"text": ${CANARY.repeat(20)}`))],
    ['Postgres, a wrong number', ofPostgres('22P02', `invalid input syntax for type bigint: "${CANARY}"`)],
    ['Postgres, a search', ofPostgres('42601', `syntax error in tsquery: "${CANARY}"`)],
    [
      'Postgres, a double',
      ofPostgres('23505', 'duplicate key value violates unique constraint "messages_pkey"'),
    ],
  ])('of %s is told without the words', (_, error) => {
    expect(error).toBeInstanceOf(Error);
    const told = JSON.stringify(errorInfo(new Error('around', { cause: error })));
    for (const text of [told, JSON.stringify(errorInfo(error)), errorMessage(error)]) {
      expect(text).not.toMatch(/Иван|Канарейка|345-67/);
    }
  });

  test('names of constraints and of missing tables are told', () => {
    expect(errorMessage(ofPostgres('42P01', 'relation "messages" does not exist'))).toContain('"messages"');
    expect(errorMessage(ofPostgres('23505', 'unique constraint "messages_pkey"'))).toContain('messages_pkey');
  });
});
