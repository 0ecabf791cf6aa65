import { expect, test } from 'vitest';
import { createSettingsOf } from './reply-settings.ts';

test('an account that is configured no more has no settings, and says so', () => {
  expect(() => createSettingsOf([])(401_122_334)).toThrow(
    expect.objectContaining({ code: 'account.unknown', message: expect.stringContaining('401122334') }),
  );
});
