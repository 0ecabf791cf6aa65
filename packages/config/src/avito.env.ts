import { z } from 'zod';
import { booleanField, httpUrlField, idField, wholeNumber } from './fields.ts';

export const avitoEnv = z.object({
  AVITO_CLIENT_ID: z.string().optional(),
  AVITO_CLIENT_SECRET: z.string().optional(),
  AVITO_USER_ID: idField.optional(),
  AVITO_ACCOUNTS_FILE: z.string().optional(),
  AVITO_API_BASE_URL: httpUrlField.default('https://api.avito.ru'),
});

const twoKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine(
    (keys) => keys.length <= 2 && keys.every((key) => key !== ''),
    'must be one key, or two separated by a comma',
  );

const signatureModes = ['hmac', 'presence', 'off'] as const;
export type SignatureMode = (typeof signatureModes)[number];

export const webhookEnv = z.object({
  AVITO_WEBHOOK_SECRET: twoKeys.optional(),
  AVITO_SIGNATURE_MODE: z.enum(signatureModes, `must be one of ${signatureModes.join(', ')}`).optional(),
  AVITO_WEBHOOK_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{16,}$/, 'must be at least 16 characters of letters, digits and . _ ~ -')
    .optional(),
});

export type WebhookConfig = {
  secrets: readonly string[];
  signatureMode: SignatureMode;
  token: string | undefined;
};

/** Secrets, mode and token with the defaults that depend on each other. */
export function webhookConfig(env: z.infer<typeof webhookEnv>): WebhookConfig {
  const secrets = env.AVITO_WEBHOOK_SECRET ?? [];
  return {
    secrets,
    signatureMode: env.AVITO_SIGNATURE_MODE ?? (secrets.length > 0 ? 'hmac' : 'off'),
    token: env.AVITO_WEBHOOK_TOKEN,
  };
}

export const replyEnv = z.object({
  AVITO_AUTO_REPLY_ENABLED: booleanField(true),
  AVITO_RESPONSE_DELAY_SECONDS: wholeNumber({ min: 0, max: 3_600, fallback: 2 }),
  AVITO_RESPONSE_MAX_WAIT_SECONDS: wholeNumber({ min: 0, max: 3_600, fallback: 30 }),
  AVITO_MAX_QUEUE_SIZE: wholeNumber({ min: 1, max: 1_000_000, fallback: 1_000 }),
  AVITO_PROCESSING_WORKERS: wholeNumber({ min: 1, max: 1_000, fallback: 3 }),
  AVITO_MAX_MESSAGE_AGE_MINUTES: wholeNumber({ min: 1, max: 525_600, fallback: 60 }),
  AVITO_POLL_INTERVAL_SECONDS: wholeNumber({ min: 0, max: 86_400, fallback: 60 }),
});
