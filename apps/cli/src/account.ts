import {
  accountsEnv,
  type Environment,
  loadAccounts,
  loadConfig,
  requireAccounts,
} from '@avito-autoreply/config';
import { UsageError } from './exit-code.ts';

/** The account of the simulator, on which everything works without credentials of Avito. */
export const SANDBOX_ACCOUNT_ID = 401_122_334;

/** The account a command means: `--account`, or the only one that is configured. */
export async function selectAccount({
  environment,
  wanted,
}: {
  environment: Environment;
  wanted: number | undefined;
}) {
  const env = loadConfig(accountsEnv, environment);
  const accounts = requireAccounts(await loadAccounts(env));
  const [first, second] = accounts;
  const account = wanted === undefined ? first : accounts.find(({ userId }) => userId === wanted);
  const known = accounts.map(({ userId }) => userId).join(', ');
  if (wanted === undefined && second !== undefined) {
    throw new UsageError(`several accounts are configured: choose one with --account: ${known}`, {
      code: 'account.required',
    });
  }
  if (account === undefined) {
    throw new UsageError(`account ${wanted} is not configured; there is: ${known}`, {
      code: 'account.unknown',
    });
  }
  return { account, baseUrl: env.AVITO_API_BASE_URL };
}

/** As selectAccount, for commands that never call Avito: without a configured account any will do, at first the sandbox. */
export async function selectAccountId({
  environment,
  wanted,
}: {
  environment: Environment;
  wanted: number | undefined;
}): Promise<number> {
  const accounts = await loadAccounts(loadConfig(accountsEnv, environment));
  if (accounts.length === 0) return wanted ?? SANDBOX_ACCOUNT_ID;
  return (await selectAccount({ environment, wanted })).account.userId;
}

/**
 * The account a command means, and the one whose knowledge base it answers from. A change goes to the lender only:
 * throws a UsageError where the account has borrowed its knowledge base.
 */
export async function selectKnowledge({
  environment,
  wanted,
  isChange = false,
}: {
  environment: Environment;
  wanted: number | undefined;
  isChange?: boolean;
}): Promise<{ accountId: number; knowledgeAccountId: number }> {
  const accounts = await loadAccounts(loadConfig(accountsEnv, environment));
  const accountId = await selectAccountId({ environment, wanted });
  const account = accounts.find(({ userId }) => userId === accountId);
  const knowledgeAccountId = account?.knowledgeAccountId ?? accountId;
  if (isChange && knowledgeAccountId !== accountId) {
    throw new UsageError(
      `account ${accountId} answers from the knowledge base of account ${knowledgeAccountId}: change it with --account ${knowledgeAccountId}`,
      { code: 'knowledge.lent' },
    );
  }
  return { accountId, knowledgeAccountId };
}

/** The accounts a command looks at: `--account`, or all that are configured. */
export async function selectAccountIds({
  environment,
  wanted,
}: {
  environment: Environment;
  wanted: number | undefined;
}): Promise<number[]> {
  if (wanted !== undefined) return [await selectAccountId({ environment, wanted })];
  const accounts = await loadAccounts(loadConfig(accountsEnv, environment));
  return accounts.length === 0 ? [SANDBOX_ACCOUNT_ID] : accounts.map(({ userId }) => userId);
}
