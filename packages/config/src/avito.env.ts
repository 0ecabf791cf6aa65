import { z } from 'zod';
import { booleanField, httpUrlField, idField, wholeNumber } from './fields.ts';
import { ConfigError } from './load-config.ts';

const avitoGrants = ['client_credentials', 'consent'] as const;
export type AvitoGrant = (typeof avitoGrants)[number];
export const avitoGrantField = z.enum(avitoGrants, `must be one of ${avitoGrants.join(', ')}`);

export const avitoEnv = z.object({
  AVITO_CLIENT_ID: z.string().optional(),
  AVITO_CLIENT_SECRET: z.string().optional(),
  AVITO_USER_ID: idField.optional(),
  AVITO_ACCOUNTS_FILE: z.string().optional(),
  AVITO_GRANT: avitoGrantField.optional(),
  AVITO_API_BASE_URL: httpUrlField.default('https://api.avito.ru'),
});

/** One key, or a new and an old one while rotating. */
export const twoKeys = z
  .string('must be a text')
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine(
    (keys) => keys.length <= 2 && keys.every((key) => key !== ''),
    'must be one key, or two separated by a comma',
  );

const signatureModes = ['hmac', 'presence', 'off'] as const;
type SignatureMode = (typeof signatureModes)[number];
export const signatureModeField = z.enum(signatureModes, `must be one of ${signatureModes.join(', ')}`);

export const webhookTokenField = z
  .string('must be a text')
  .regex(/^[A-Za-z0-9._~-]{16,}$/, 'must be at least 16 characters of letters, digits and . _ ~ -');

export const webhookEnv = z.object({
  AVITO_WEBHOOK_SECRET: twoKeys.optional(),
  AVITO_SIGNATURE_MODE: signatureModeField.optional(),
  AVITO_WEBHOOK_TOKEN: webhookTokenField.optional(),
});

export type WebhookConfig = {
  secrets: readonly string[];
  signatureMode: SignatureMode;
  token: string | undefined;
};

type WebhookParts = {
  secret?: readonly string[] | undefined;
  token?: string | undefined;
  signatureMode?: SignatureMode | undefined;
};

/** Secrets, mode and token with the defaults that depend on each other. */
export const webhookOf = ({ secret: secrets = [], token, signatureMode }: WebhookParts): WebhookConfig => ({
  secrets,
  signatureMode: signatureMode ?? (secrets.length > 0 ? 'hmac' : 'off'),
  token,
});

export const webhookConfig = (env: z.output<typeof webhookEnv>): WebhookConfig =>
  webhookOf({
    secret: env.AVITO_WEBHOOK_SECRET,
    token: env.AVITO_WEBHOOK_TOKEN,
    signatureMode: env.AVITO_SIGNATURE_MODE,
  });

/** What may be said of all accounts here, and of one of them in `AVITO_ACCOUNTS_FILE`. */
export const replyRanges = {
  delaySeconds: { min: 0, max: 3_600 },
  maxWaitSeconds: { min: 0, max: 3_600 },
  maxAgeMinutes: { min: 1, max: 525_600 },
  // 100 years. 0: for ever.
  retentionDays: { min: 0, max: 36_500 },
} as const;

export const replyEnv = z.object({
  AVITO_AUTO_REPLY_ENABLED: booleanField(true),
  AVITO_RESPONSE_DELAY_SECONDS: wholeNumber({ ...replyRanges.delaySeconds, fallback: 2 }),
  AVITO_RESPONSE_MAX_WAIT_SECONDS: wholeNumber({ ...replyRanges.maxWaitSeconds, fallback: 30 }),
  AVITO_SETTLE_SECONDS: wholeNumber({ min: 1, max: 600, fallback: 20 }),
  AVITO_MAX_QUEUE_SIZE: wholeNumber({ min: 1, max: 1_000_000, fallback: 1_000 }),
  AVITO_PROCESSING_WORKERS: wholeNumber({ min: 1, max: 1_000, fallback: 3 }),
  AVITO_MAX_MESSAGE_AGE_MINUTES: wholeNumber({ ...replyRanges.maxAgeMinutes, fallback: 60 }),
  RETENTION_DAYS: wholeNumber({ ...replyRanges.retentionDays, fallback: 365 }),
  AVITO_POLL_INTERVAL_SECONDS: wholeNumber({ min: 0, max: 86_400, fallback: 60 }),
});

/** Where ingest keeps one signed request, to find out what it is signed with. */
export const captureEnv = z.object({ AVITO_WEBHOOK_CAPTURE_FILE: z.string().optional() });

export const accessEnv = z.object({
  AVITO_WEBHOOK_PUBLIC_URL: httpUrlField.optional(),
  AVITO_WEBHOOK_AUTO_REGISTER: booleanField(false),
  AVITO_ACCESS_CHECK_HOURS: wholeNumber({ min: 0, max: 720, fallback: 24 }),
});

export type AccessConfig = {
  /** Null: access is not checked. */
  checkEveryMs: number | null;
  /** Where ingest is reached from outside. */
  publicUrl: string | undefined;
  /** Register that address where nothing of another system is in the way. */
  isAutoRegister: boolean;
};

/** How access and webhook are watched. Throws a ConfigError where the webhook should register itself and cannot. */
export function accessConfig(env: z.infer<typeof accessEnv>): AccessConfig {
  const { AVITO_WEBHOOK_PUBLIC_URL: publicUrl, AVITO_ACCESS_CHECK_HOURS: hours } = env;
  if (env.AVITO_WEBHOOK_AUTO_REGISTER) {
    const problems = [
      ...(publicUrl === undefined
        ? ['AVITO_WEBHOOK_PUBLIC_URL: is missing beside AVITO_WEBHOOK_AUTO_REGISTER=true']
        : []),
      ...(hours === 0
        ? ['AVITO_ACCESS_CHECK_HOURS: must be above 0 with AVITO_WEBHOOK_AUTO_REGISTER=true']
        : []),
    ];
    if (problems.length > 0) throw new ConfigError(problems);
  }
  return {
    checkEveryMs: hours === 0 ? null : hours * 3_600_000,
    publicUrl,
    isAutoRegister: env.AVITO_WEBHOOK_AUTO_REGISTER,
  };
}
