import type { Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { Api } from '../api.ts';
import { checkArguments } from '../arguments.ts';
import { agreement } from '../wire/agreement.ts';
import { listEnvelope, readEntries } from '../wire/list.ts';
import { optionalText } from '../wire/fields.ts';
import type { AccountCall } from './call-options.ts';

export type Subscription = { url: string; version: string | null };

const webhookArguments = z.strictObject({ url: z.url({ protocol: /^https?$/ }) });
const subscription = z.object({ url: z.string().min(1), version: optionalText });

export function subscriptionCalls({ api, logger }: { api: Api; logger: Logger }) {
  const change = async (
    path: string,
    { url, signal, timeoutMs }: AccountCall & { url: string },
  ): Promise<void> => {
    const json = checkArguments('webhook', webhookArguments, { url });
    // Both ends of a subscription can be repeated without harm.
    await api({ method: 'POST', path, json, isReadOnly: true, schema: agreement, signal, timeoutMs });
  };

  return {
    /** The webhook addresses of the account, other systems' included. A POST at Avito, and still only a look. */
    listSubscriptions: async ({ userId, signal, timeoutMs }: AccountCall): Promise<Subscription[]> => {
      const { entries } = await api({
        method: 'POST',
        path: '/messenger/v1/subscriptions',
        isReadOnly: true,
        schema: listEnvelope('subscriptions'),
        signal,
        timeoutMs,
      });
      return readEntries({
        entries,
        schema: subscription,
        onUnreadable: (problem) =>
          logger.warn('subscription not understood and left out', { userId, problem }),
      });
    },

    /** Makes Avito deliver to this address. An account seems to have one only: another system's is replaced silently. */
    registerWebhook: (call: AccountCall & { url: string }) => change('/messenger/v3/webhook', call),

    unregisterWebhook: (call: AccountCall & { url: string }) =>
      change('/messenger/v1/webhook/unsubscribe', call),
  };
}
