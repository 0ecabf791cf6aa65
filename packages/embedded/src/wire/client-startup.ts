import { createHash, timingSafeEqual } from 'node:crypto';
import { type Frame, fatalFrame, frame, HEADER_BYTES, readString } from './frames.ts';

// Codes that stand where the opening message has its protocol version.
const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;
const PROTOCOL_MAJOR = 3;

/** All clients share one session, so there is one database. */
export const DATABASE_NAME = 'postgres';
const ASK_PASSWORD = frame('R', Buffer.of(0, 0, 0, 3));

export type StartupStep = { reply: Buffer; next: 'startup' | 'password' | 'ready' | 'hang-up' };

/** The answer to an opening message: encryption is declined, a query cannot be cancelled, anything else must log in. */
export function answerStartup({ bytes }: Frame): StartupStep {
  const code = bytes.length >= 8 ? bytes.readInt32BE(4) : 0;
  if (code === SSL_REQUEST || code === GSS_REQUEST) return { reply: Buffer.from('N'), next: 'startup' };
  if (code === CANCEL_REQUEST) return { reply: Buffer.alloc(0), next: 'hang-up' };
  if (code >>> 16 !== PROTOCOL_MAJOR) {
    return refuse({ code: '0A000', message: 'the embedded database speaks protocol 3 only' });
  }
  const database = startupParameters(bytes).get('database');
  if (database !== undefined && database !== DATABASE_NAME) {
    const message = `the embedded database has the one database ${DATABASE_NAME}, not ${database}`;
    return refuse({ code: '3D000', message });
  }
  return { reply: ASK_PASSWORD, next: 'password' };
}

/** The welcome to the right password. It keeps other users of the machine away from buyers' messages. */
export function answerPassword({
  message,
  password,
  welcome,
}: {
  message: Frame;
  password: string;
  welcome: Buffer;
}): StartupStep {
  const isPassword = message.type === 'p';
  const given = isPassword ? readString({ bytes: message.bytes, offset: HEADER_BYTES }).value : '';
  if (isPassword && timingSafeEqual(digest(given), digest(password)))
    return { reply: welcome, next: 'ready' };
  return refuse({ code: '28P01', message: 'wrong password for the embedded database' });
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const refuse = (reason: { code: string; message: string }): StartupStep => ({
  reply: fatalFrame(reason),
  next: 'hang-up',
});

function startupParameters(bytes: Buffer): Map<string, string> {
  const parameters = new Map<string, string>();
  let offset = 8;
  while (offset < bytes.length && bytes[offset] !== 0) {
    const name = readString({ bytes, offset });
    const value = readString({ bytes, offset: name.next });
    parameters.set(name.value, value.value);
    offset = value.next;
  }
  return parameters;
}
