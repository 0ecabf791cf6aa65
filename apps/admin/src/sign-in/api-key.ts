import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** Compares digests, so that neither the key nor its length shows in the time taken. */
export function isApiKey({ given, apiKey }: { given: string; apiKey: string }): boolean {
  return timingSafeEqual(sha256(given), sha256(apiKey));
}

/** The key of `Authorization: Bearer <key>`; the scheme's name has no case. */
export function bearerKey(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

/** A key of its own for sessions: with a new ADMIN_API_KEY all of them end. */
export function sessionKey(apiKey: string): Buffer {
  return createHmac('sha256', apiKey).update('admin session v1').digest();
}
