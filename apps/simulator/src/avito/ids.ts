import { randomBytes, randomUUID } from 'node:crypto';

// Never seeded: a restarted simulator must not repeat the ids of messages that a database still remembers.

export const newMessageId = (): string => randomBytes(16).toString('hex');
export const newEventId = (): string => randomUUID();
export const newImageId = (): string => `${randomBytes(4).readUInt32BE()}.${randomBytes(12).toString('hex')}`;
export const newToken = (): string => randomBytes(24).toString('base64url');

/** Like Avito's: `u2i-` and 22 characters, with a `~` that clients must percent-encode or leave alone, not lose. */
export function newChatId(chatType: string): string {
  const random = randomBytes(16).toString('base64url').slice(0, 21);
  return `${chatType}-${random.slice(0, 11)}~${random.slice(11)}`;
}

/** A positive integer of nine digits, as Avito's user ids are today. */
export const newUserId = (): number => 200_000_000 + (randomBytes(4).readUInt32BE() % 200_000_000);

// Beyond 32 bits, as live item ids are since 2026.
const FIRST_ITEM_ID = 7_640_000_000;
export const newItemId = (): number => FIRST_ITEM_ID + (randomBytes(4).readUInt32BE() % 1_000_000_000);
