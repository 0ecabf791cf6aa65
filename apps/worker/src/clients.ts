import type { AvitoClient } from '@avito-autoreply/avito';
import type { AccountConfig } from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';

export type Clients = {
  accountIds: readonly number[];
  isOurAccount: (accountId: number) => boolean;
  /** Throws `account.unknown`: a job of an account that is configured no more. */
  clientOf: (accountId: number) => AvitoClient;
};

/** One Avito client per account: each has a token of its own. */
export function createClients({
  accounts,
  createClient,
}: {
  accounts: readonly AccountConfig[];
  createClient: (account: AccountConfig) => AvitoClient;
}): Clients {
  const clients = new Map(accounts.map((account) => [account.userId, createClient(account)]));
  return {
    accountIds: [...clients.keys()],
    isOurAccount: (accountId) => clients.has(accountId),
    clientOf: (accountId) => {
      const client = clients.get(accountId);
      if (client) return client;
      throw new AppError(`account ${accountId} is not configured here: its credentials are missing`, {
        code: 'account.unknown',
      });
    },
  };
}
