import type { Pool } from 'pg';
import { createConsentStates } from './consent-states.ts';
import { createRateStore } from './rate-store.ts';
import { createTokenStore } from './token-store.ts';

type AvitoStoresOptions = {
  pool: Pool;
  /** 32 bytes; only needed where tokens of a consent are kept. */
  tokenKey?: Uint8Array | undefined;
};

/** What all processes of an installation know alike about its Avito accounts. Fits the ports of the Avito client by shape. */
export function createAvitoStores({ pool, tokenKey: key }: AvitoStoresOptions) {
  return {
    rateStoreOf: (accountId: number) => createRateStore({ pool, accountId }),
    consentStatesOf: (accountId: number) => createConsentStates({ pool, accountId }),
    tokenStoreOf:
      key === undefined ? undefined : (accountId: number) => createTokenStore({ pool, accountId, key }),
  };
}

export type AvitoStores = ReturnType<typeof createAvitoStores>;
