import { createHmac, timingSafeEqual } from 'node:crypto';

/** `presence` asks only for a signature header, `off` for nothing: Avito documents no algorithm (docs/decisions). */
export type SignatureMode = 'hmac' | 'presence' | 'off';

export type SignatureCheck = { kind: 'valid' | 'absent' | 'invalid' | 'not-required' };

// The first was seen on live requests, the second is the name that sellers and integrators use.
const SIGNATURE_HEADERS = ['x-avito-messenger-signature', 'x-avito-signature'] as const;
// Nobody sends more; a request with thousands is not worth comparing.
const MAX_SIGNATURES = 8;

type SignatureInput = {
  /** The bytes as they came, before any parsing. */
  rawBody: Uint8Array;
  /** With names in lower case, as Node gives them. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  mode: SignatureMode;
  /** One key, or two while rotating. */
  secrets: readonly string[];
};

/** All values of both headers. Node joins a repeated header by commas, which no hex signature contains. */
function signaturesIn(headers: SignatureInput['headers']): string[] {
  return SIGNATURE_HEADERS.flatMap((name) => headers[name] ?? [])
    .flatMap((value) => String(value).split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .slice(0, MAX_SIGNATURES);
}

/** The 32 bytes of an HMAC-SHA256 in hex, in either case, with or without `sha256=`. */
function decode(signature: string): Buffer | undefined {
  const hex = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(signature)?.[1];
  return hex === undefined ? undefined : Buffer.from(hex, 'hex');
}

/** Judges a webhook's signature; any header matching any secret is enough. Compares in constant time and never throws. */
export function verifySignature({ rawBody, headers, mode, secrets }: SignatureInput): SignatureCheck {
  if (mode === 'off') return { kind: 'not-required' };
  const signatures = signaturesIn(headers);
  if (signatures.length === 0) return { kind: 'absent' };
  if (mode === 'presence') return { kind: 'valid' };

  const received = signatures.map(decode).filter((bytes) => bytes !== undefined);
  const expected = secrets
    // An empty key would let in whoever guesses that none was set.
    .filter((secret) => secret !== '')
    .map((secret) => createHmac('sha256', secret).update(rawBody).digest());
  const isValid = expected.some((digest) => received.some((bytes) => timingSafeEqual(bytes, digest)));
  return { kind: isValid ? 'valid' : 'invalid' };
}
