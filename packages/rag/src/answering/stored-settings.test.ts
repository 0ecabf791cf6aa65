import { expect, test } from 'vitest';
import { createStoredSettings } from './stored-settings.ts';

const settingsOf = (settings: unknown) =>
  createStoredSettings({ current: async () => ({ version: 4, settings }) })({ accountId: 1 });

test('what is stored holds, with its version; nothing stored is no settings', async () => {
  expect(await settingsOf({ tone: 'на «вы»' })).toEqual({ version: 4, settings: { tone: 'на «вы»' } });
  const nothing = createStoredSettings({ current: async () => undefined });
  expect(await nothing({ accountId: 1 })).toEqual({ version: null, settings: {} });
});

test('a field of a newer release is left out, so that an older one still answers', async () => {
  expect(await settingsOf({ tone: 'на «вы»', mood: 'весёлое' })).toEqual({
    version: 4,
    settings: { tone: 'на «вы»' },
  });
});

test('a text that says nothing, which an older release let pass, silences nobody', async () => {
  expect(await settingsOf({ texts: { unknown: '```' } })).toMatchObject({ version: 4 });
});

test('settings that cannot be read are an error that says what to do', async () => {
  await expect(settingsOf({ tone: 7 })).rejects.toMatchObject({
    code: 'answering.unreadable-settings',
    message: expect.stringContaining('version 4'),
  });
});
