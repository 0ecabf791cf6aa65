import { createHmac } from 'node:crypto';
import type { Switches } from '../switches.ts';

/** The header seen on live events: 64 lower-case hex characters. The algorithm is our assumption; Avito names none. */
export const SIGNATURE_HEADER = 'x-avito-messenger-signature';

/** The signature header for exactly these bytes, or none. */
export function signatureHeaders({
  body,
  secret,
  mode,
}: {
  body: Buffer;
  secret: string | undefined;
  mode: Switches['signature'];
}): Record<string, string> {
  if (mode === 'off' || secret === undefined) return {};
  const key = mode === 'wrong' ? `not-${secret}` : secret;
  return { [SIGNATURE_HEADER]: createHmac('sha256', key).update(body).digest('hex') };
}
