import { expect, test } from 'vitest';
import { newChat, useTestDatabase } from '../testing/test-database.ts';
import { createConsentStates } from './consent-states.ts';

const { pool } = useTestDatabase();

function setUp() {
  const { accountId } = newChat();
  return { accountId, open: () => createConsentStates({ pool, accountId }) };
}

test('what one replica handed out another one takes, once', async () => {
  const { open } = setUp();
  await open().keep('s-1');
  expect(await open().spend('s-1')).toBe('good');
  expect(await open().spend('s-1')).toBe('unknown');
});

test('of several who come at once only one is let in', async () => {
  const { open } = setUp();
  await open().keep('s-1');
  const verdicts = await Promise.all(Array.from({ length: 5 }, () => open().spend('s-1')));
  expect(verdicts.toSorted()).toEqual(['good', 'unknown', 'unknown', 'unknown', 'unknown']);
});

test('a state of another account is unknown here, and stays good there', async () => {
  const [own, other] = [setUp(), setUp()];
  await other.open().keep('s-1');
  expect(await own.open().spend('s-1')).toBe('unknown');
  expect(await other.open().spend('s-1')).toBe('good');
});

test('a state whose time is over is expired', async () => {
  const { accountId, open } = setUp();
  await open().keep('s-1');
  await pool.query('update avito_consent_states set expires_at = clock_timestamp() where account_id = $1', [
    accountId,
  ]);
  expect(await open().spend('s-1')).toBe('expired');
});

test('the state itself is not in the table, and an account keeps its newest 50', async () => {
  const { accountId, open } = setUp();
  for (let number = 0; number < 53; number += 1) await open().keep(`state-${number}`);
  const { rows } = await pool.query<{ state_hash: Buffer }>(
    'select * from avito_consent_states where account_id = $1',
    [accountId],
  );
  expect(rows).toHaveLength(50);
  expect(rows.map((row) => row.state_hash.toString()).join()).not.toContain('state-');
  expect(await open().spend('state-2')).toBe('unknown');
  expect(await open().spend('state-52')).toBe('good');
});
