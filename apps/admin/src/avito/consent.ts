import { type AvitoAccount, connectAccount, consentUrl } from '@avito-autoreply/avito';
import type { AvitoStores } from '@avito-autoreply/database';

/** How an account that its owner connects is connected. */
export type Consent = {
  /** Avito's page on which the owner agrees. */
  url: (options: { state: string }) => string;
  /** Stores the tokens that the code stands for. Throws `avito.bad-code` and `avito.other-account`. */
  connect: (options: { code: string }) => Promise<void>;
  /** When the access token ends, which renews itself; null when the account is not connected. */
  expiresAt: () => Promise<Date | null>;
};

type ConsentOptions = {
  account: AvitoAccount;
  baseUrl: string;
  tokenStoreOf: AvitoStores['tokenStoreOf'];
};

/** Undefined for accounts with keys of their own. */
export function createConsent({ account, baseUrl, tokenStoreOf }: ConsentOptions): Consent | undefined {
  if (account.grant !== 'consent' || tokenStoreOf === undefined) return undefined;
  const { userId, clientId, clientSecret } = account;
  const store = tokenStoreOf(userId);
  return {
    url: ({ state }) => consentUrl({ clientId, state }),
    connect: ({ code }) =>
      connectAccount({ credentials: { clientId, clientSecret }, code, store, userId, baseUrl }),
    expiresAt: store.expiresAt,
  };
}
