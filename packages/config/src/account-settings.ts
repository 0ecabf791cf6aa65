import { z } from 'zod';
import { replyEnv, replyRanges } from './avito.env.ts';
import { moneyInFile, wholeNumberInFile } from './fields.ts';
import { openaiEnv } from './openai.env.ts';
import {
  policyEnv,
  policyFields,
  policyInEnv,
  type PolicySettings,
  policySettings,
} from './policy-settings.ts';

const repliesEnv = replyEnv.pick({
  AVITO_AUTO_REPLY_ENABLED: true,
  AVITO_RESPONSE_DELAY_SECONDS: true,
  AVITO_RESPONSE_MAX_WAIT_SECONDS: true,
  AVITO_MAX_MESSAGE_AGE_MINUTES: true,
  RETENTION_DAYS: true,
});
/** The environment's word for all accounts. */
export const settingsEnv = z.object({
  ...repliesEnv.shape,
  ...policyEnv.shape,
  OPENAI_MONTHLY_BUDGET: openaiEnv.shape.OPENAI_MONTHLY_BUDGET,
});

/** `settings` of an account in `AVITO_ACCOUNTS_FILE`: what it wants otherwise than all; or the whole of `AVITO_SETTINGS_FILE`. */
export const settingsInFile = z.strictObject({
  auto_reply_enabled: z.boolean('must be true or false').optional(),
  response_delay_seconds: wholeNumberInFile(replyRanges.delaySeconds).optional(),
  response_max_wait_seconds: wholeNumberInFile(replyRanges.maxWaitSeconds).optional(),
  max_message_age_minutes: wholeNumberInFile(replyRanges.maxAgeMinutes).optional(),
  retention_days: wholeNumberInFile(replyRanges.retentionDays).optional(),
  model_monthly_budget: moneyInFile.optional(),
  ...policyFields,
});

/** How one account answers. */
export type AccountSettings = {
  /** False: everything is taken in, nothing is sent. */
  autoReplyEnabled: boolean;
  responseDelaySeconds: number;
  responseMaxWaitSeconds: number;
  maxMessageAgeMinutes: number;
  /** How long what was said is kept; 0: for ever. */
  retentionDays: number;
  /** Of the calendar month, in the currency of the model prices; undefined: no ceiling. */
  modelMonthlyBudget: number | undefined;
  policy: PolicySettings;
};

/** The account's own settings over those of the settings file, over those of the environment. */
export function accountSettings(
  env: z.output<typeof settingsEnv>,
  ...layers: readonly (z.output<typeof settingsInFile> | undefined)[]
): AccountSettings {
  const own: z.output<typeof settingsInFile> = Object.assign({}, ...layers);
  return {
    autoReplyEnabled: own.auto_reply_enabled ?? env.AVITO_AUTO_REPLY_ENABLED,
    responseDelaySeconds: own.response_delay_seconds ?? env.AVITO_RESPONSE_DELAY_SECONDS,
    responseMaxWaitSeconds: own.response_max_wait_seconds ?? env.AVITO_RESPONSE_MAX_WAIT_SECONDS,
    maxMessageAgeMinutes: own.max_message_age_minutes ?? env.AVITO_MAX_MESSAGE_AGE_MINUTES,
    retentionDays: own.retention_days ?? env.RETENTION_DAYS,
    modelMonthlyBudget: own.model_monthly_budget ?? env.OPENAI_MONTHLY_BUDGET,
    policy: policySettings(policyInEnv(env), own),
  };
}
