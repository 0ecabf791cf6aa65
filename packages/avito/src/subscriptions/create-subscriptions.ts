import { AppError } from '@avito-autoreply/runtime';
import type { AvitoClient } from '../client.ts';
import type { Subscription } from '../messenger/subscriptions.ts';
import { type ProbeWarning, probeWebhook, type ProbeWebhook } from './probe-webhook.ts';
import { isSameUrl, type Owner, ownerOf, webhookUrl } from './webhook-url.ts';

type SubscriptionCalls = Pick<AvitoClient, 'listSubscriptions' | 'registerWebhook' | 'unregisterWebhook'>;
type Call = { userId: number; signal?: AbortSignal | undefined };

export type OwnedSubscription = Subscription & { owner: Owner };

export type Registration = {
  url: string;
  /** `renewed`: it was registered before. */
  outcome: 'registered' | 'renewed';
  /** Addresses that gave way. */
  removed: string[];
  /** What looked odd when the address was probed; empty also when it was not. */
  warnings: ProbeWarning[];
};

const urlsOf = (subscriptions: readonly Subscription[]) => subscriptions.map(({ url }) => url);

/**
 * Where Avito delivers an account's messages, managed with care: Avito keeps one address per account, and replaces
 * another system's without a word, so these look before they act.
 */
export function createSubscriptions({
  avito,
  token,
  isNamedInPath = false,
  probe = probeWebhook,
}: {
  avito: SubscriptionCalls;
  token: string | undefined;
  /** Whether the address names the account, as it does where several share one ingest. */
  isNamedInPath?: boolean;
  probe?: ProbeWebhook;
}) {
  const addressOf = ({ userId }: Call, given: string) =>
    webhookUrl({ given, token, accountId: isNamedInPath ? userId : undefined });

  const list = async ({ userId, signal }: Call): Promise<OwnedSubscription[]> => {
    const subscriptions = await avito.listSubscriptions({ userId, signal });
    return subscriptions.map((entry) => ({ ...entry, owner: ownerOf({ url: entry.url, token }) }));
  };

  const remove = async ({ userId }: Call, urls: readonly string[]): Promise<string[]> => {
    for (const url of urls) await avito.unregisterWebhook({ userId, url });
    return [...urls];
  };

  return {
    list,

    /**
     * Throws `webhook.foreign-subscription` when another system's address would give way and `replace` is not set, and
     * `webhook.unreachable` when the address does not answer Avito's probe; `skipProbe` is for servers that only the
     * outside can reach by it.
     */
    register: async (
      call: Call & { url: string; replace: boolean; skipProbe?: boolean },
    ): Promise<Registration> => {
      const url = addressOf(call, call.url);
      const isOther = (entry: Subscription) => !isSameUrl(entry.url, url);
      const before = await list(call);
      const others = before.filter(isOther);
      const inTheWay = others.filter((entry) => entry.owner !== 'ours');
      if (inTheWay.length > 0 && !call.replace) {
        throw new AppError(
          `Avito already delivers this account's messages to ${urlsOf(inTheWay).join(', ')}. Another system may depend on it; repeat with replace to take its place.`,
          { code: 'webhook.foreign-subscription' },
        );
      }
      const warnings = call.skipProbe === true ? [] : await probe({ url, signal: call.signal });
      // Ours first: should Avito refuse it, the others still stand. It replaces them by itself, or may not.
      await avito.registerWebhook({ userId: call.userId, url });
      await remove(call, urlsOf((await list(call)).filter(isOther)));
      return {
        url,
        outcome: others.length < before.length ? 'renewed' : 'registered',
        removed: urlsOf(others),
        warnings,
      };
    },

    /**
     * Removes the given address, or ours, or the only one there is, and returns what was removed: nothing when there
     * is nothing. Throws `webhook.foreign-subscription` when several are there and none is ours.
     */
    unregister: async (call: Call & { url: string | undefined }): Promise<string[]> => {
      const { url: given } = call;
      const subscriptions = await list(call);
      if (given !== undefined) {
        // What was registered may be what was given, with the token at its end.
        const registered = addressOf(call, given);
        const named = subscriptions.filter(({ url }) => isSameUrl(url, given) || isSameUrl(url, registered));
        return remove(call, urlsOf(named));
      }
      const own = subscriptions.filter(({ owner }) => owner !== 'foreign');
      if (own.length > 0) return remove(call, urlsOf(own));
      if (subscriptions.length <= 1) return remove(call, urlsOf(subscriptions));
      throw new AppError(
        `None of the subscriptions is ours: ${urlsOf(subscriptions).join(', ')}. Say which one to remove.`,
        { code: 'webhook.foreign-subscription' },
      );
    },
  };
}

export type Subscriptions = ReturnType<typeof createSubscriptions>;
