import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { WebhookAccount, WebhookConfig } from '@avito-autoreply/config';
import type { IngestWebhook } from './ingest.config.ts';

/** What a request must still show after its path, and whose events it may bring then. */
export type Gate = Pick<WebhookConfig, 'secrets' | 'signatureMode'> & {
  /** Undefined: anybody's, and the worker tells strangers apart. */
  accountIds: ReadonlySet<number> | undefined;
};

/** The gates that these segments after the webhook's path lead to; none where nothing is. */
export type OpenGates = (segments: readonly string[]) => readonly Gate[];

type Door = { digest: Buffer; gate: Gate };

/** Digests are compared, so that neither content nor length shows in the time taken. No token is an empty one. */
const digestOf = (token = '') => hash('sha256', token, 'buffer');
const opens = ({ digest }: Door, given: Buffer) => timingSafeEqual(digest, given);

const doorOf = ({ token, secrets, signatureMode }: WebhookConfig, accountIds: Gate['accountIds']): Door => ({
  digest: digestOf(token),
  gate: { secrets, signatureMode, accountIds },
});

function singleGate(webhook: WebhookConfig): OpenGates {
  const door = doorOf(webhook, undefined);
  return ([token, ...more]) => (more.length === 0 && opens(door, digestOf(token)) ? [door.gate] : []);
}

const isAccountId = (segment: string | undefined): segment is string =>
  segment !== undefined && /^[1-9]\d{0,15}$/.test(segment);

const decoyKey = () => randomBytes(32).toString('hex');

/**
 * `[/<token>]` leads to every gate with this token, `/<account>[/<token>]` to the one of this account. A stranger's
 * account is asked for a token, and for a signature by as many keys, as a known one: neither the answer nor the time
 * that it takes tells which accounts are here.
 */
function gatesOfAccounts(configured: readonly WebhookAccount[]): OpenGates {
  const keys = Math.max(...configured.map(({ webhook }) => webhook.secrets.length));
  const padded = (webhook: WebhookConfig): WebhookConfig => ({
    ...webhook,
    secrets: [...webhook.secrets, ...Array.from({ length: keys - webhook.secrets.length }, decoyKey)],
  });
  // Accounts without a webhook of their own share the environment's, which is one gate and not as many as accounts.
  const shared = [...Map.groupBy(configured, ({ webhook }) => webhook)].map(([webhook, accounts]) =>
    doorOf(padded(webhook), new Set(accounts.map(({ userId }) => userId))),
  );
  const named = new Map(
    configured.map(({ userId, webhook }) => [String(userId), doorOf(padded(webhook), new Set([userId]))]),
  );
  const stranger = doorOf(
    padded({ token: decoyKey(), secrets: [], signatureMode: 'hmac' }),
    new Set<number>(),
  );
  const hasTokenless = configured.some(({ webhook }) => webhook.token === undefined);

  return (segments) => {
    const [first, second] = segments;
    if (!isAccountId(first)) {
      const given = digestOf(first);
      return second === undefined ? shared.filter((door) => opens(door, given)).map(({ gate }) => gate) : [];
    }
    const door = named.get(first) ?? stranger;
    if (opens(door, digestOf(second))) return [door.gate];
    return second === undefined && hasTokenless ? [stranger.gate] : [];
  };
}

export function createWebhookGates(webhook: IngestWebhook): OpenGates {
  return webhook.kind === 'single' ? singleGate(webhook.webhook) : gatesOfAccounts(webhook.accounts);
}
