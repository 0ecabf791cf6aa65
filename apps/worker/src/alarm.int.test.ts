import { Writable } from 'node:stream';
import { createLogger } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { createAlarm } from './alarm.ts';
import { setUpAccount } from './testing/set-up.ts';

test('an alert is logged once when it comes and once when it goes, without its text', async () => {
  const { repositories, accountId } = setUpAccount();
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const logger = createLogger({ service: 'test', level: 'info', format: 'json', destination });
  const alarm = createAlarm({ alerts: repositories.alerts, logger });

  const alert = { accountId, kind: 'webhook-gone', message: 'Вебхук пропал.' };
  await alarm.raise(alert);
  await alarm.raise(alert);
  await alarm.clear(alert);
  await alarm.clear(alert);

  const log = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(log).toMatchObject([
    { level: 'error', message: 'alert raised', kind: 'webhook-gone', accountId },
    { level: 'info', message: 'alert is over', kind: 'webhook-gone', accountId },
  ]);
  expect(lines.join('')).not.toContain(alert.message);
});
