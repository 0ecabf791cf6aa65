import type { AccountConfig } from '@avito-autoreply/config';

type Account = Pick<AccountConfig, 'userId' | 'webhook' | 'isNamedInPath'>;

/** What the address of an account's webhook ends with. */
type AddressEnd = { token: string | undefined; isNamedInPath: boolean };
export type AddressOf = (accountId: number) => AddressEnd;

/** Whoever asks has the account's client already, so an unknown account does not come up: it has no address. */
export function createAddressOf(accounts: readonly Account[]): AddressOf {
  const ends = new Map(
    accounts.map(({ userId, webhook, isNamedInPath }) => [userId, { token: webhook.token, isNamedInPath }]),
  );
  return (accountId) => ends.get(accountId) ?? { token: undefined, isNamedInPath: false };
}
