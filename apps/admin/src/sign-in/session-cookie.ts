import { createHmac, timingSafeEqual } from 'node:crypto';

export const SESSION_COOKIE = 'autoreply_session';
export const SESSION_MS = 12 * 3_600_000;

const signatureOf = (payload: string, key: Buffer) =>
  createHmac('sha256', key).update(payload).digest('base64url');

/** `<end in ms since the epoch>.<signature>`: all a server without a session store needs. */
export function createSession({ key, nowMs }: { key: Buffer; nowMs: number }): string {
  const payload = String(nowMs + SESSION_MS);
  return `${payload}.${signatureOf(payload, key)}`;
}

export function isValidSession({
  session,
  key,
  nowMs,
}: {
  session: string;
  key: Buffer;
  nowMs: number;
}): boolean {
  const [payload = '', signature = '', ...rest] = session.split('.');
  if (rest.length > 0 || !/^\d{1,15}$/.test(payload)) return false;
  const expected = Buffer.from(signatureOf(payload, key));
  const received = Buffer.from(signature);
  const isSigned = received.length === expected.length && timingSafeEqual(received, expected);
  return isSigned && nowMs < Number(payload);
}

/** The session of a `Cookie` header. Of two with the name the first counts: browsers send the closest path first. */
export function readSessionCookie(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === SESSION_COOKIE) return value?.trim();
  }
  return undefined;
}
