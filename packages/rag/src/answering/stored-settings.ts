import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { answerSettingsSchema, type SettingsOf, textKinds } from './answer-settings.ts';

/** Where the owner's settings are kept. */
type SettingsStore = {
  current: (account: { accountId: number }) => Promise<{ version: number; settings: unknown } | undefined>;
};

// Fields that a newer release has stored are left out, so that going back to an older one does not silence it.
// An empty text, which an older one let pass, is the engine's to replace.
const storedSettings = z.object({
  ...answerSettingsSchema.shape,
  texts: z.partialRecord(z.enum(textKinds), z.string()).optional(),
});

/** The settings as the engine asks for them. Throws `answering.unreadable-settings`. */
export function createStoredSettings(store: SettingsStore): SettingsOf {
  return async ({ accountId }) => {
    const stored = await store.current({ accountId });
    if (stored === undefined) return { version: null, settings: {} };
    const { version } = stored;
    const parsed = storedSettings.safeParse(stored.settings);
    if (parsed.success) return { version, settings: parsed.data };
    throw new AppError(
      `version ${version} of the answer settings of account ${accountId} cannot be read: publish them anew, or roll back`,
      { code: 'answering.unreadable-settings', cause: parsed.error },
    );
  };
}
