import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { accountsEnv, loadAccounts } from './accounts.ts';
import { businessHours } from './business-hours.ts';
import { loadConfig } from './load-config.ts';
import { policySettings } from './policy-settings.ts';

const single = { AVITO_CLIENT_ID: 'id', AVITO_CLIENT_SECRET: 'secret', AVITO_USER_ID: '1' };

async function file(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'settings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'settings.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const load = async (settings: unknown, env: Record<string, string> = {}) =>
  loadAccounts(loadConfig(accountsEnv, { ...single, AVITO_SETTINGS_FILE: await file(settings), ...env }));

describe('business hours', () => {
  test('are minutes of the wall clock, by the days of the week from Sunday on', () => {
    expect(
      businessHours.parse({
        weekly: { mon: ['09:00-13:00', '14:00-18:30'], sat: ['22:00-02:00'], sun: ['00:00-24:00'] },
        breaks: ['16:00-16:15'],
        holidays: ['2027-01-08', '02-29'],
      }),
    ).toEqual({
      timeZone: 'Europe/Moscow',
      weekly: [
        [{ from: 0, to: 1_440 }],
        [
          { from: 540, to: 780 },
          { from: 840, to: 1_110 },
        ],
        [],
        [],
        [],
        [],
        [{ from: 1_320, to: 120 }],
      ],
      breaks: [{ from: 960, to: 975 }],
      holidays: ['2027-01-08', '02-29'],
    });
  });

  test.each([
    ['a zone that does not exist', { weekly: {}, time_zone: 'Moscow' }, 'IANA'],
    ['a day that does not exist', { weekly: { monday: [] } }, 'monday'],
    ['an hour that does not exist', { weekly: { mon: ['09:00-25:00'] } }, '09:00-18:00'],
    ['no time at all', { weekly: { mon: ['09:00-09:00'] } }, 'whole day'],
    ['a date that does not exist', { weekly: {}, holidays: ['02-30'] }, 'calendar'],
    ['a date in words', { weekly: {}, holidays: ['1 мая'] }, '2027-01-08'],
  ])('refuse %s', (_name, hours, message) => {
    expect(businessHours.safeParse(hours).error?.message).toContain(message);
  });
});

describe('who is answered', () => {
  test('without a word everybody is, at any hour, with bounds that only stop what runs away', () => {
    expect(policySettings({})).toMatchObject({
      replyMode: 'auto',
      businessHours: null,
      outsideHours: { instead: 'answer' },
      closedListing: { instead: 'text', statusIds: [20] },
      profileChats: 'answer',
      flowTexts: {},
      maxRepliesPerChat: { perHour: 60, perDay: 200 },
      repeatBreakerCount: 5,
      loopBreaker: { replies: 10, withinMs: 600_000, answeredWithinMs: 5_000 },
      returnToAutoAfterMs: 0,
      resumePhrase: '/бот',
    });
  });

  test('one account has the settings of the file, which go above the environment', async () => {
    const [account] = await load(
      { reply_mode: 'draft', response_delay_seconds: 9, flow_texts: { two_way_chats: 'Спрашивайте!' } },
      {
        AVITO_REPLY_MODE: 'off',
        AVITO_RETURN_TO_AUTO_AFTER_MINUTES: '30',
        AVITO_RESPONSE_DELAY_SECONDS: '1',
      },
    );
    expect(account?.settings).toMatchObject({
      responseDelaySeconds: 9,
      policy: {
        replyMode: 'draft',
        returnToAutoAfterMs: 1_800_000,
        flowTexts: { two_way_chats: 'Спрашивайте!' },
      },
    });
  });

  test("an account's own settings go above the file of all", async () => {
    const accounts = [
      { user_id: 1, client_id: 'a', client_secret: 'b', settings: { reply_mode: 'off' } },
      { user_id: 2, client_id: 'c', client_secret: 'd' },
    ];
    const loaded = await loadAccounts(
      loadConfig(accountsEnv, {
        AVITO_ACCOUNTS_FILE: await file(accounts),
        AVITO_SETTINGS_FILE: await file({ reply_mode: 'draft', pause_phrase: '' }),
        AVITO_WEBHOOK_TOKEN: 'abcdefghijklmnopqrst',
      }),
    );
    expect(loaded.map(({ settings: { policy } }) => [policy.replyMode, policy.pausePhrase])).toEqual([
      ['off', ''],
      ['draft', ''],
    ]);
  });

  test('a mistake names its place, and the content is never quoted', async () => {
    await expect(load({ reply_mode: 'maybe', colour: 'red' })).rejects.toThrow(
      /AVITO_SETTINGS_FILE: \S+settings\.json: reply_mode: must be auto, draft or off[\s\S]*colour/,
    );
    await expect(load('{"flow_texts": hunter2')).rejects.toThrow(
      /AVITO_SETTINGS_FILE: \S+ is not valid JSON/,
    );
    await expect(load('{"flow_texts": hunter2')).rejects.not.toThrow(/hunter2/);
  });
});
