import type { Clock, Sleep } from '@avito-autoreply/runtime';
import type { DeliveryKind, DeliveryRecord } from '../ledger/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Random } from '../random.ts';
import type { SwitchBoard } from '../switches.ts';
import type { Account } from './model.ts';
import type { PostEvent } from './post-event.ts';
import { signatureHeaders } from './signature.ts';

/** The bytes of one request to the webhooks of an account, and what the ledger says about it. */
export type Parcel = {
  account: Account;
  kind: DeliveryKind;
  body: Buffer;
  eventId?: string | undefined;
  chatId?: string | undefined;
  messageId?: string | undefined;
  contentType?: string | undefined;
  /** Default: the signature as the switch says. */
  signature?: Record<string, string> | undefined;
};

export type Dispatcher = {
  /** Delivers to every subscription, with the losses, duplicates, waits and retries of the switches. Never rejects. */
  deliver: (parcel: Parcel) => Promise<DeliveryRecord[]>;
  /** Waits until nothing is under way. */
  idle: () => Promise<void>;
};

type DispatcherDeps = {
  switches: SwitchBoard;
  ledger: Ledger;
  post: PostEvent;
  clock: Clock;
  sleep: Sleep;
  random: Random;
  signal: AbortSignal;
};

export function createDispatcher({
  switches,
  ledger,
  post,
  clock,
  sleep,
  random,
  signal,
}: DispatcherDeps): Dispatcher {
  const underWay = new Set<Promise<unknown>>();

  const record = (
    parcel: Parcel,
    rest: Omit<DeliveryRecord, 'kind' | 'accountId' | 'eventId' | 'chatId' | 'messageId'>,
  ) => {
    const { account, kind, eventId, chatId, messageId } = parcel;
    const delivery: DeliveryRecord = { kind, accountId: account.id, eventId, chatId, messageId, ...rest };
    ledger.addDelivery(delivery);
    return delivery;
  };

  const attemptOnce = async (parcel: Parcel, { url, attempt }: { url: string; attempt: number }) => {
    const { signature: mode, deliveryTimeoutMs: timeoutMs } = switches.current();
    const { body, account, contentType = 'application/json' } = parcel;
    const at = clock.now();
    const signature = parcel.signature ?? signatureHeaders({ body, secret: account.webhookSecret, mode });
    const headers = { 'content-type': contentType, ...signature };
    const outcome = await post({ url, body, headers, timeoutMs, signal });
    return record(parcel, { url, attempt, at, latencyMs: clock.now() - at, ...outcome });
  };

  const deliverTo = async (parcel: Parcel, url: string): Promise<DeliveryRecord[]> => {
    const { deliveryAttempts, deliveryRetryDelayMs, deliveryJitterMs, deliveryLossProbability } =
      switches.current();
    if (random() < deliveryLossProbability) {
      return [record(parcel, { url, attempt: 1, at: clock.now(), latencyMs: 0, outcome: 'lost' })];
    }
    if (deliveryJitterMs > 0) await sleep(random() * deliveryJitterMs, { signal });
    const made: DeliveryRecord[] = [];
    for (let attempt = 1; attempt <= deliveryAttempts; attempt += 1) {
      if (attempt > 1) await sleep(deliveryRetryDelayMs, { signal });
      const delivery = await attemptOnce(parcel, { url, attempt });
      made.push(delivery);
      if (delivery.status === 200) break;
    }
    return made;
  };

  const deliverToAll = async (parcel: Parcel): Promise<DeliveryRecord[]> => {
    const copies = parcel.account.subscriptions.flatMap(({ url }) =>
      random() < switches.current().deliveryDuplicateProbability ? [url, url] : [url],
    );
    // A closing simulator aborts the waits; what was delivered so far is in the ledger.
    const made = await Promise.all(copies.map((url) => deliverTo(parcel, url).catch(() => [])));
    return made.flat();
  };

  return {
    deliver: (parcel) => {
      const delivery = deliverToAll(parcel);
      underWay.add(delivery);
      void delivery.finally(() => underWay.delete(delivery));
      return delivery;
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
