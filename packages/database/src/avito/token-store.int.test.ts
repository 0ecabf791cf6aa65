import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newChat, useTestDatabase } from '../testing/test-database.ts';
import { createTokenStore } from './token-store.ts';

const { pool } = useTestDatabase();
const key = randomBytes(32);

const tokens = (number: number) => ({
  accessToken: `access-${number}`,
  refreshToken: `refresh-${number}`,
  expiresAt: new Date('2026-11-23T12:00:00.123Z'),
});

/** Two processes of one installation. */
function setUp() {
  const { accountId } = newChat();
  const open = (options: { key?: Uint8Array } = {}) => createTokenStore({ pool, accountId, key, ...options });
  return { accountId, open, one: open(), other: open() };
}

test('an account that is not connected has no tokens', async () => {
  const { one } = setUp();
  expect(await one.load()).toBeNull();
  expect(await one.expiresAt()).toBeNull();
});

test('what one process stores the other loads', async () => {
  const { one, other } = setUp();
  await one.save(tokens(1));
  expect(await other.load()).toEqual(tokens(1));
  expect(await other.expiresAt()).toEqual(tokens(1).expiresAt);
});

test('no token can be read in the table', async () => {
  const { accountId, one } = setUp();
  await one.save(tokens(1));
  const { rows } = await pool.query<{ sealed: string }>('select * from avito_tokens where account_id = $1', [
    accountId,
  ]);
  const text = JSON.stringify(rows) + Buffer.from(rows[0]?.sealed ?? '', 'base64').toString('latin1');
  expect(text).not.toMatch(/access-1|refresh-1/);
});

test('another key opens nothing, and a new consent replaces what cannot be opened', async () => {
  const { one, open } = setUp();
  await one.save(tokens(1));
  const stranger = open({ key: randomBytes(32) });
  await expect(stranger.load()).rejects.toMatchObject({ code: 'database.wrong-token-key' });
  await stranger.save(tokens(2));
  expect(await stranger.load()).toEqual(tokens(2));
});

test('a row that is copied to another account is not opened there', async () => {
  const { accountId, one } = setUp();
  const { accountId: elsewhere, one: thief } = setUp();
  await one.save(tokens(1));
  await thief.save(tokens(2));
  await pool.query(
    'update avito_tokens set sealed = (select sealed from avito_tokens where account_id = $1) where account_id = $2',
    [accountId, elsewhere],
  );
  await expect(thief.load()).rejects.toMatchObject({ code: 'database.wrong-token-key' });
});

test('a pair whose predecessor is not stored any more does not replace the newer one', async () => {
  const { one, other } = setUp();
  await one.save(tokens(1));
  await one.save(tokens(2), { replaces: 'refresh-1' });
  expect(await other.load()).toEqual(tokens(2));
  await other.save(tokens(3), { replaces: 'refresh-1' });
  expect(await one.load()).toEqual(tokens(2));
});

test('work of two processes does not overlap', async () => {
  const { accountId, one } = setUp();
  await one.save(tokens(1));
  const steps: string[] = [];
  const { promise: isWaiting, resolve } = Promise.withResolvers<void>();
  const patient = createTokenStore({
    pool,
    accountId,
    key,
    sleep: async () => {
      steps.push('second waits');
      resolve();
      await firstIsDone;
    },
  });
  const { promise: hasBegun, resolve: begins } = Promise.withResolvers<void>();
  const firstIsDone = one.exclusively(async () => {
    begins();
    await isWaiting;
    steps.push('first ends');
  });
  await hasBegun;
  await patient.exclusively(async () => void steps.push('second works'));
  expect(steps).toEqual(['second waits', 'first ends', 'second works']);
});

test('work that fails gives its turn away', async () => {
  const { one, other } = setUp();
  await one.save(tokens(1));
  await expect(one.exclusively(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(await other.exclusively(async () => 'done')).toBe('done');
});

test('the turn of a process that died is taken over when its lease has ended', async () => {
  const { accountId, one } = setUp();
  await one.save(tokens(1));
  await pool.query(
    `update avito_tokens set lease_owner = gen_random_uuid(), lease_until = clock_timestamp() + interval '300 ms' where account_id = $1`,
    [accountId],
  );
  expect(await one.exclusively(async () => 'done')).toBe('done');
});

test('whoever waits for a minute gives up', async () => {
  const { accountId } = setUp();
  const impatient = createTokenStore({ pool, accountId, key, sleep: async () => {} });
  await impatient.save(tokens(1));
  await pool.query(
    `update avito_tokens set lease_owner = gen_random_uuid(), lease_until = 'infinity' where account_id = $1`,
    [accountId],
  );
  await expect(impatient.exclusively(async () => 'done')).rejects.toMatchObject({
    code: 'database.tokens-busy',
    isRetryable: true,
  });
});
