import { expect, test } from 'vitest';
import { newChat, useTestDatabase } from '../testing/test-database.ts';
import { createKnowledgeRepositories } from './knowledge-repositories.ts';

const { pool } = useTestDatabase();
const { rebuilds } = createKnowledgeRepositories(pool);
const newAccountId = () => newChat().accountId;
const asked = { spaceKey: 'new|native|none', isSwitching: true };

test('a rebuild is taken once, by one of many, and tells how far it is', async () => {
  const accountId = newAccountId();
  expect(await rebuilds.find({ accountId })).toBeUndefined();
  expect(await rebuilds.ask({ accountId, ...asked })).toBe(true);
  const take = () => rebuilds.take({ accountIds: [accountId], spaceKey: undefined });
  const taken = await Promise.all([1, 2, 3, 4].map(take));
  expect(taken.filter((each) => each !== undefined)).toMatchObject([
    { accountId, ...asked, state: 'running', error: null },
  ]);
  await rebuilds.progress({ accountId, done: 2, total: 5 });
  expect(await rebuilds.find({ accountId })).toMatchObject({ state: 'running', done: 2, total: 5 });
  await rebuilds.end({ accountId });
  expect(await rebuilds.find({ accountId })).toMatchObject({ state: 'done', endedAt: expect.any(Date) });
  expect(await take()).toBeUndefined();
});

test('whoever asks while one runs changes nothing; after a failure it begins anew', async () => {
  const accountId = newAccountId();
  await rebuilds.ask({ accountId, ...asked });
  await rebuilds.take({ accountIds: [accountId], spaceKey: 'of the worker' });
  expect(await rebuilds.ask({ accountId, ...asked, isSwitching: false })).toBe(false);
  expect(await rebuilds.find({ accountId })).toMatchObject({ spaceKey: 'of the worker', isSwitching: true });
  const error = { code: 'model.unavailable', message: 'away' };
  await rebuilds.end({ accountId, error });
  expect(await rebuilds.find({ accountId })).toMatchObject({ state: 'failed', error });
  expect(await rebuilds.ask({ accountId, ...asked })).toBe(true);
  expect(await rebuilds.find({ accountId })).toMatchObject({ state: 'waiting', error: null, endedAt: null });
});

test('one whose worker was killed is taken by another, or asked for anew', async () => {
  const accountId = newAccountId();
  const take = () => rebuilds.take({ accountIds: [accountId], spaceKey: undefined });
  await rebuilds.ask({ accountId, ...asked });
  await take();
  const silence = `update space_rebuilds set seen_at = clock_timestamp() - interval '6 minutes' where account_id = $1`;
  await pool.query(silence, [accountId]);
  expect(await take()).toMatchObject({ accountId });
  await pool.query(silence, [accountId]);
  expect(await rebuilds.ask({ accountId, ...asked })).toBe(true);
  await take();
  await rebuilds.putBack({ accountId });
  expect(await take()).toMatchObject({ state: 'running' });
});
