import { parseArgs } from 'node:util';
import { AppError } from '@avito-autoreply/runtime';

const redisKinds = ['single', 'cluster', 'sentinel'] as const;
export type RedisKind = (typeof redisKinds)[number];

export type CampaignOptions = {
  messages: number;
  chats: number;
  seed: string;
  /** Messages a second while they are being written. */
  perSecond: number;
  accounts: number;
  /** Off: the same conversations on services that stay up and links that hold, to see that the harness itself is sound. */
  chaos: boolean;
  /** Of the worker: from a send whose outcome is unknown to the look whether it arrived. */
  settleSeconds: number;
  settleMinutes: number;
  redis: RedisKind;
};

export const usualCampaign: CampaignOptions = {
  messages: 2_000,
  chats: 300,
  seed: '1',
  perSecond: 15,
  accounts: 4,
  chaos: true,
  settleSeconds: 5,
  settleMinutes: 15,
  redis: 'single',
};

const wrong = (message: string) => new AppError(message, { code: 'faults.bad-option' });

function count(name: string, text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw wrong(`--${name} must be a whole number above 0, not "${text}"`);
}

/** Throws `faults.bad-option`. */
export function parseCampaign(
  args: readonly string[],
): CampaignOptions & { json: boolean; baseline: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: { type: 'string' },
      chats: { type: 'string' },
      seed: { type: 'string', default: usualCampaign.seed },
      rate: { type: 'string' },
      accounts: { type: 'string' },
      'settle-seconds': { type: 'string' },
      'settle-minutes': { type: 'string' },
      redis: { type: 'string', default: usualCampaign.redis },
      'no-chaos': { type: 'boolean', default: false },
      baseline: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const redis = redisKinds.find((kind) => kind === values.redis);
  if (!redis) throw wrong(`--redis must be one of ${redisKinds.join(', ')}`);
  return {
    redis,
    messages: count('messages', values.messages, usualCampaign.messages),
    chats: count('chats', values.chats, usualCampaign.chats),
    seed: values.seed,
    perSecond: count('rate', values.rate, usualCampaign.perSecond),
    accounts: count('accounts', values.accounts, usualCampaign.accounts),
    chaos: !values['no-chaos'],
    settleSeconds: count('settle-seconds', values['settle-seconds'], usualCampaign.settleSeconds),
    settleMinutes: count('settle-minutes', values['settle-minutes'], usualCampaign.settleMinutes),
    baseline: values.baseline,
    json: values.json,
  };
}
