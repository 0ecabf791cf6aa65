import { randomBytes, randomInt } from 'node:crypto';

/** An account that no other run has, on whatever database. */
export type TestAccount = { userId: number; clientId: string; clientSecret: string; webhookToken: string };

export const newAccount = (): TestAccount => ({
  userId: randomInt(1_000_000_000, 9_000_000_000),
  clientId: `client-${randomBytes(6).toString('hex')}`,
  clientSecret: randomBytes(12).toString('hex'),
  webhookToken: randomBytes(18).toString('base64url'),
});
