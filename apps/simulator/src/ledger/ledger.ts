import { type AnsweredMessage, answeredMessages, type AnswerState, type Timeline } from './answered.ts';
import type {
  BuyerMessageRecord,
  DeliveryRecord,
  LedgerEntry,
  RequestRecord,
  SendRecord,
} from './records.ts';

export type LedgerSummary = {
  buyerMessages: number;
  sends: number;
  deliveries: number;
  requests: number;
  answers: Record<AnswerState, number>;
  /** Of deliveries that were answered, by status; else by outcome. */
  deliveryOutcomes: Record<string, number>;
};

type LedgerScope = { accountId?: number | undefined; chatId?: string | undefined };

export type Ledger = {
  addBuyerMessage: (record: BuyerMessageRecord) => void;
  addSend: (record: SendRecord) => void;
  addDelivery: (record: DeliveryRecord) => void;
  addRequest: (record: RequestRecord) => void;
  buyerMessages: (scope?: LedgerScope) => AnsweredMessage[];
  sends: (scope?: LedgerScope) => SendRecord[];
  deliveries: (scope?: LedgerScope) => DeliveryRecord[];
  requests: (scope?: LedgerScope) => readonly RequestRecord[];
  summary: (scope?: LedgerScope) => LedgerSummary;
  /** Buyer's messages that no send followed yet; cheap, for waiting. */
  unansweredCount: () => number;
  /** Every entry from now on. Returns the way out. */
  subscribe: (listener: (entry: LedgerEntry) => void) => () => void;
  /** Listeners stay. */
  clear: () => void;
};

const within =
  ({ accountId, chatId }: LedgerScope) =>
  (record: { accountId?: number | undefined; chatId?: string | undefined }) =>
    (accountId === undefined || record.accountId === accountId) &&
    (chatId === undefined || record.chatId === chatId);

function countBy<T>(records: readonly T[], key: (record: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const record of records) counts[key(record)] = (counts[key(record)] ?? 0) + 1;
  return counts;
}

/** What happened, in memory: the place where tests and the demo count instead of assuming. */
export function createLedger(): Ledger {
  const timelines = new Map<string, Timeline>();
  const unanswered = new Map<string, number>();
  const deliveries: DeliveryRecord[] = [];
  const requests: RequestRecord[] = [];
  const listeners = new Set<(entry: LedgerEntry) => void>();

  const tell = (entry: LedgerEntry) => {
    for (const listener of listeners) listener(entry);
  };
  const timelineOf = (chatId: string): Timeline => {
    const timeline = timelines.get(chatId) ?? [];
    timelines.set(chatId, timeline);
    return timeline;
  };
  const buyerMessages: Ledger['buyerMessages'] = (scope = {}) =>
    [...timelines.values()]
      .flatMap(answeredMessages)
      .filter(within(scope))
      .toSorted((left, right) => left.at - right.at);
  const sends: Ledger['sends'] = (scope = {}) =>
    [...timelines.values()]
      .flat()
      .flatMap((entry) => (entry.kind === 'send' ? [entry.record] : []))
      .filter(within(scope))
      .toSorted((left, right) => left.at - right.at);

  return {
    addBuyerMessage: (record) => {
      timelineOf(record.chatId).push({ kind: 'buyer-message', record });
      unanswered.set(record.chatId, (unanswered.get(record.chatId) ?? 0) + 1);
      tell({ kind: 'buyer-message', record });
    },
    addSend: (record) => {
      timelineOf(record.chatId).push({ kind: 'send', record });
      unanswered.delete(record.chatId);
      tell({ kind: 'send', record });
    },
    addDelivery: (record) => {
      deliveries.push(record);
      tell({ kind: 'delivery', record });
    },
    addRequest: (record) => {
      requests.push(record);
      tell({ kind: 'request', record });
    },
    buyerMessages,
    sends,
    deliveries: (scope = {}) => deliveries.filter(within(scope)),
    requests: (scope = {}) => requests.filter(within(scope)),
    summary: (scope = {}) => {
      const messages = buyerMessages(scope);
      const made = deliveries.filter(within(scope));
      return {
        buyerMessages: messages.length,
        sends: sends(scope).length,
        deliveries: made.length,
        requests: requests.length,
        answers: {
          once: 0,
          twice: 0,
          unanswered: 0,
          operator: 0,
          ...countBy(messages, (message) => message.state),
        },
        deliveryOutcomes: countBy(made, ({ status, outcome }) => String(status ?? outcome)),
      };
    },
    unansweredCount: () => [...unanswered.values()].reduce((sum, count) => sum + count, 0),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => {
      timelines.clear();
      unanswered.clear();
      deliveries.length = 0;
      requests.length = 0;
    },
  };
}
