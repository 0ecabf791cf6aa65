import { framesIn, HEADER_BYTES, readString } from './frames.ts';

export type Notification = { channel: string; bytes: Buffer };

export type Answer = {
  /** What belongs to the client that asked. */
  own: Buffer;
  /** What belongs to whoever listens, the asking client perhaps among them. */
  notifications: Notification[];
  /** True in a transaction, and in the middle of a sequence that no Sync has ended yet. */
  keepsSession: boolean;
};

const IDLE = 'I'.charCodeAt(0);

/** Sorts what the session answered to one unit. */
export function sortAnswer(bytes: Buffer): Answer {
  const own: Buffer[] = [];
  const notifications: Notification[] = [];
  let keepsSession = true;
  for (const message of framesIn(bytes)) {
    if (message.type === 'A') {
      // Behind the header come four bytes with the sender's process id.
      const { value: channel } = readString({ bytes: message.bytes, offset: HEADER_BYTES + 4 });
      notifications.push({ channel, bytes: message.bytes });
    } else {
      own.push(message.bytes);
    }
    if (message.type === 'Z') keepsSession = message.bytes[HEADER_BYTES] !== IDLE;
  }
  return { own: notifications.length === 0 ? bytes : Buffer.concat(own), notifications, keepsSession };
}
