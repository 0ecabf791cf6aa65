import type { AccountConfig, PolicySettings } from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** How an account answers. */
export type ReplySettings = {
  isEnabled: boolean;
  quietMs: number;
  maxWaitMs: number;
  maxAgeMs: number;
  /** Who is answered. */
  policy: PolicySettings;
  /** How long what was said is kept; undefined: for ever. */
  retentionDays: number | undefined;
  /** The account whose knowledge base it answers from. */
  knowledgeAccountId: number;
  /** Of the month, in the currency of the model prices. */
  modelMonthlyBudget: number | undefined;
};

/** Throws `account.unknown`: a job of an account that is configured no more. */
export type SettingsOf = (accountId: number) => ReplySettings;

const toSettings = ({ settings, knowledgeAccountId }: AccountConfig): ReplySettings => ({
  isEnabled: settings.autoReplyEnabled,
  quietMs: settings.responseDelaySeconds * SECOND_MS,
  maxWaitMs: settings.responseMaxWaitSeconds * SECOND_MS,
  maxAgeMs: settings.maxMessageAgeMinutes * MINUTE_MS,
  policy: settings.policy,
  retentionDays: settings.retentionDays === 0 ? undefined : settings.retentionDays,
  knowledgeAccountId,
  modelMonthlyBudget: settings.modelMonthlyBudget,
});

export function createSettingsOf(accounts: readonly AccountConfig[]): SettingsOf {
  const settings = new Map(accounts.map((account) => [account.userId, toSettings(account)]));
  return (accountId) => {
    const found = settings.get(accountId);
    if (found) return found;
    throw new AppError(`account ${accountId} is not configured here: nobody knows how it answers`, {
      code: 'account.unknown',
    });
  };
}
