import { z } from 'zod';

const probability = z.number().min(0).max(1);

/** Everything of Avito's behaviour that is unknown, contradictory or varies, and the manners of the model. */
const switchesSchema = z.strictObject({
  /** Seconds until a token expires. */
  tokenTtlSeconds: z.int().positive(),
  /** How a call with an expired token is refused: the documentation says 403, several clients saw 401. */
  expiredTokenStatus: z.union([z.literal(401), z.literal(403)]),
  expiredTokenBody: z.enum(['messenger', 'gateway']),
  /** A token that lacks the operation's scope gets a 403. Tokens of the account's own keys have all scopes. */
  scopes: z.enum(['enforced', 'ignored']),
  /** Calls a minute and account; 0: no limit. Documented, unlike any limit of the messenger. */
  itemsListPerMinute: z.int().nonnegative(),
  itemInfoPerMinute: z.int().nonnegative(),
  /** Envelope of the message list: documented as a bare array, seen live as an object. */
  historyEnvelope: z.enum(['object', 'array']),
  /** `single`: registering a webhook replaces the one that was there. */
  subscriptionMode: z.enum(['single', 'multi']),
  /** When the event of our own message is delivered: before or after the answer to the send call. */
  echo: z.enum(['after', 'before', 'off']),
  signature: z.enum(['on', 'off', 'wrong']),
  deliveryTimeoutMs: z.int().positive(),
  /** 1: no retries. */
  deliveryAttempts: z.int().min(1).max(20),
  deliveryRetryDelayMs: z.int().nonnegative(),
  deliveryDuplicateProbability: probability,
  deliveryLossProbability: probability,
  /** A random wait up to this before each delivery: events overtake each other. */
  deliveryJitterMs: z.int().nonnegative(),
  eventItemId: z.enum(['present', 'null', 'missing']),
  eventPublishedAt: z.enum(['present', 'missing']),
  eventVersion: z.string(),
  /**
   * `reasoning-only`: thought until its tokens ran out and said nothing. `inventing`: adds prices and phone numbers.
   * `obeying`: follows instructions of the question and the passages.
   */
  modelMode: z.enum(['honest', 'slow', 'failing', 'empty', 'reasoning-only', 'inventing', 'obeying']),
  /** For the mode `slow`: milliseconds before the answer. */
  modelDelayMs: z.int().nonnegative(),
});

export type Switches = z.infer<typeof switchesSchema>;

/** What is left out stays as it was. */
export const switchesChange = switchesSchema.partial();
export type SwitchesChange = z.infer<typeof switchesChange>;

/** The likeliest behaviour of each. */
const likeliest: Switches = {
  tokenTtlSeconds: 86_400,
  expiredTokenStatus: 403,
  expiredTokenBody: 'messenger',
  scopes: 'enforced',
  itemsListPerMinute: 25,
  itemInfoPerMinute: 500,
  historyEnvelope: 'object',
  subscriptionMode: 'single',
  echo: 'after',
  signature: 'on',
  // Documented: the webhook must answer 200 within 2 s.
  deliveryTimeoutMs: 2_000,
  // Avito's own schedule of retries is not known.
  deliveryAttempts: 1,
  deliveryRetryDelayMs: 1_000,
  deliveryDuplicateProbability: 0,
  deliveryLossProbability: 0,
  deliveryJitterMs: 0,
  eventItemId: 'present',
  eventPublishedAt: 'present',
  eventVersion: 'v3.0.0',
  modelMode: 'honest',
  modelDelayMs: 5_000,
};

export type SwitchBoard = {
  current: () => Switches;
  /** Throws a ZodError for an unknown switch or value. */
  change: (change: SwitchesChange) => Switches;
  /** Back to the values of the beginning. */
  reset: () => Switches;
};

function merged(switches: Switches, change: SwitchesChange): Switches {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return switchesSchema.parse({ ...switches, ...Object.fromEntries(given) });
}

export function createSwitchBoard({ initial = {} }: { initial?: SwitchesChange } = {}): SwitchBoard {
  const beginning = merged(likeliest, initial);
  let switches = beginning;
  return {
    current: () => switches,
    change: (change) => (switches = merged(switches, change)),
    reset: () => (switches = beginning),
  };
}
