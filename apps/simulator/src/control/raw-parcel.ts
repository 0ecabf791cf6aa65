import type { Parcel } from '../avito/dispatcher.ts';
import type { Account } from '../avito/model.ts';
import { SIGNATURE_HEADER, signatureHeaders } from '../avito/signature.ts';
import type { RawDelivery } from './inputs.ts';

const modes = { valid: 'on', wrong: 'wrong', none: 'off' } as const;

/** Any bytes as a request to the account's webhooks: well signed, badly signed, unsigned, or with a header of your own. */
export function rawParcel(
  account: Account,
  { body, json, contentType, signature = 'valid' }: RawDelivery,
): Parcel {
  const bytes = Buffer.from(body ?? JSON.stringify(json ?? {}), 'utf8');
  const mode = Object.entries(modes).find(([name]) => name === signature)?.[1];
  return {
    account,
    kind: 'raw',
    body: bytes,
    contentType,
    signature: mode
      ? signatureHeaders({ body: bytes, secret: account.webhookSecret, mode })
      : { [SIGNATURE_HEADER]: signature },
  };
}
