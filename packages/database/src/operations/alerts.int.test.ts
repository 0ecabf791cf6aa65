import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newChat, useTestDatabase } from '../testing/test-database.ts';

const {
  repositories: { alerts },
} = useTestDatabase();
const newAccount = () => newChat().accountId;
const gone = (accountId: number | null) => ({ accountId, kind: 'webhook-gone', message: 'Вебхук пропал.' });

test('an alert is new once, and counts what comes after', async () => {
  const accountId = newAccount();
  expect(await alerts.raise(gone(accountId))).toEqual({ isNew: true });
  const again = { ...gone(accountId), message: 'Вебхука всё ещё нет.', details: { tries: 2 } };
  expect(await alerts.raise(again)).toEqual({ isNew: false });
  const open = await alerts.listOpen({ accountIds: [accountId] });
  const [own] = open.filter((alert) => alert.accountId === accountId);
  expect(own).toMatchObject({ ...again, subject: '', count: 2, clearedAt: null });
  expect(own?.lastSeenAt.getTime()).toBeGreaterThanOrEqual(own?.raisedAt.getTime() ?? Infinity);
});

test('raised by many at the same time it is new for one of them', async () => {
  const accountId = newAccount();
  const raised = await Promise.all(Array.from({ length: 8 }, () => alerts.raise(gone(accountId))));
  expect(raised.filter(({ isNew }) => isNew)).toHaveLength(1);
});

test('what is over is listed apart, and may begin anew', async () => {
  const accountId = newAccount();
  await alerts.raise(gone(accountId));
  expect(await alerts.clear(gone(accountId))).toBe(true);
  expect(await alerts.clear(gone(accountId))).toBe(false);
  const ofAccount = { accountIds: [accountId] };
  expect((await alerts.listOpen(ofAccount)).filter((alert) => alert.accountId === accountId)).toEqual([]);
  expect(await alerts.listRecent(ofAccount)).toContainEqual(
    expect.objectContaining({ accountId, kind: 'webhook-gone', clearedAt: expect.any(Date) }),
  );
  expect(await alerts.raise(gone(accountId))).toEqual({ isNew: true });
});

test('subjects and accounts are kept apart', async () => {
  const [one, other] = [newAccount(), newAccount()];
  for (const subject of ['a', 'b']) await alerts.raise({ ...gone(one), subject });
  await alerts.raise({ ...gone(other), subject: 'a' });
  expect(await alerts.clear({ ...gone(one), subject: 'a' })).toBe(true);
  expect(await alerts.clear(gone(one))).toBe(false);
  const open = await alerts.listOpen({ accountIds: [one, other] });
  const ofAccounts = open.filter(({ accountId }) => accountId !== null);
  // Two of one millisecond may stand in either order.
  expect(new Set(ofAccounts.map(({ accountId, subject }) => `${accountId} ${subject}`))).toEqual(
    new Set([`${other} a`, `${one} b`]),
  );
});

test("the installation's own alerts are open once, and shown to every account", async () => {
  const kind = `odd-${randomUUID()}`;
  const own = { accountId: null, kind, message: 'Что-то общее.' };
  expect(await alerts.raise(own)).toEqual({ isNew: true });
  expect(await alerts.raise(own)).toEqual({ isNew: false });
  expect(await alerts.listOpen({ accountIds: [] })).toContainEqual(
    expect.objectContaining({ kind, count: 2 }),
  );
  expect(await alerts.countOpen({ accountIds: [] })).toContainEqual({ kind, count: 1 });
  expect(await alerts.clear({ accountId: null, kind })).toBe(true);
  expect(await alerts.countOpen({ accountIds: [] })).not.toContainEqual(expect.objectContaining({ kind }));
});
