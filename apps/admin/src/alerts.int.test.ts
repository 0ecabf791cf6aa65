import { expect, test } from 'vitest';
import { setUp } from './testing/fixture.ts';

const alert = (accountId: number) => ({
  accountId,
  kind: 'webhook-replaced',
  message: 'Авито доставляет сообщения другой системе: <https://crm.example/hook>.',
  details: { urls: ['https://crm.example/hook'] },
});

test('open and closed alerts of all accounts are listed, or of the one that is named', async () => {
  const { call, repositories, accountIds } = await setUp({ accounts: 2 });
  const [one = 0, other = 0] = accountIds;
  await repositories.alerts.raise(alert(one));
  await repositories.alerts.raise(alert(other));
  await repositories.alerts.clear(alert(other));
  const ofUs = ({ body }: { body: Record<string, unknown> }, list: 'open' | 'closed') =>
    (body[list] as Array<Record<string, unknown>>).filter((entry) => entry['account_id'] !== null);

  const all = await call('/api/v1/alerts');
  expect(ofUs(all, 'open')).toMatchObject([
    { account_id: one, kind: 'webhook-replaced', subject: '', count: 1, cleared_at: null },
  ]);
  expect(ofUs(all, 'closed')).toMatchObject([{ account_id: other, cleared_at: expect.any(String) }]);
  expect(ofUs(await call(`/api/v1/alerts?account_id=${other}`), 'open')).toEqual([]);
  expect(await call('/api/v1/alerts?account_id=7')).toMatchObject({
    status: 404,
    body: { error: { code: 'account.unknown' } },
  });
});

test('open alerts stand at the top of the start page', async () => {
  const { call, repositories, accountId } = await setUp();
  expect((await call('/')).text).not.toContain('crm.example');
  await repositories.alerts.raise(alert(accountId));
  const { text } = await call('/');
  expect(text).toContain('&lt;https://crm.example/hook&gt;');
  expect(text.indexOf('crm.example')).toBeLessThan(text.indexOf('class="tiles"'));
  await repositories.alerts.clear(alert(accountId));
  expect((await call('/')).text).not.toContain('crm.example');
});
