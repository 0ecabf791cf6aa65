import type { AvitoClient } from '@avito-autoreply/avito';
import type { AccountConfig } from '@avito-autoreply/config';
import { HttpError } from '@avito-autoreply/runtime/http';
import type { Consent } from './consent.ts';

/** An account with its client, and what it has of its own. */
export type Account = Pick<
  AccountConfig,
  'userId' | 'name' | 'webhook' | 'isNamedInPath' | 'knowledgeAccountId'
> & {
  avito: AvitoClient;
  /** Absent: the account has keys of its own, and there is nothing to connect. */
  consent?: Consent | undefined;
};

/** The accounts that this server manages, and which of them a request means. */
export function createAccounts(accounts: readonly Account[]) {
  const known = accounts.map((account) => account.userId).join(', ');
  return {
    all: accounts,
    ids: accounts.map((account) => account.userId),

    /** Ids from the query and the body; without any, the only account there is. */
    select: (...given: readonly (number | undefined)[]): Account => {
      const [wanted, contradiction] = new Set(given.filter((id) => id !== undefined));
      if (contradiction !== undefined) {
        throw new HttpError('account_id in the query and in the body name different accounts.', {
          status: 400,
          code: 'account.contradiction',
        });
      }
      const [first, second] = accounts;
      if (wanted === undefined && first !== undefined && second === undefined) return first;
      const found = accounts.find((account) => account.userId === wanted);
      if (found !== undefined) return found;
      throw wanted === undefined
        ? new HttpError(`Several accounts are configured; say which one with account_id: ${known}.`, {
            status: 400,
            code: 'account.required',
          })
        : new HttpError(`Account ${wanted} is not configured here; account_id may be: ${known}.`, {
            status: 404,
            code: 'account.unknown',
          });
    },
  };
}

/** The account, if it has a knowledge base of its own to change. Throws `knowledge.lent`. */
export function ownBaseOf({ userId, knowledgeAccountId }: Account): number {
  if (knowledgeAccountId === userId) return userId;
  throw new HttpError(
    `Account ${userId} answers from the knowledge base of account ${knowledgeAccountId}; change it there.`,
    { status: 409, code: 'knowledge.lent' },
  );
}

export type Accounts = ReturnType<typeof createAccounts>;
