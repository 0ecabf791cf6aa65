import { type AvitoAccount, beginConsent, connectAccount } from '@avito-autoreply/avito';
import type { AvitoStores } from '@avito-autoreply/database';

/** How an account that its owner connects is connected. */
export type Consent = {
  /** Avito's page on which the owner agrees, and what must come back from it beside the code. */
  begin: () => Promise<{ url: string; state: string }>;
  /** Stores the tokens that the code stands for. Throws what `connectAccount` throws. */
  connect: (options: { code: string; state: string }) => Promise<void>;
  /** When the access token ends, which renews itself; null when the account is not connected. */
  expiresAt: () => Promise<Date | null>;
};

type ConsentOptions = {
  account: AvitoAccount;
  baseUrl: string;
  stores: Pick<AvitoStores, 'tokenStoreOf' | 'consentStatesOf'>;
};

/** Undefined for accounts with keys of their own. */
export function createConsent({ account, baseUrl, stores }: ConsentOptions): Consent | undefined {
  const { userId, clientId, clientSecret, grant } = account;
  const store = stores.tokenStoreOf?.(userId);
  if (grant !== 'consent' || store === undefined) return undefined;
  const states = stores.consentStatesOf(userId);
  const credentials = { clientId, clientSecret };
  return {
    begin: () => beginConsent({ clientId, states }),
    connect: (returned) => connectAccount({ ...returned, credentials, states, store, userId, baseUrl }),
    expiresAt: store.expiresAt,
  };
}
