import type { AccountFigures, Latency, Repositories } from '@avito-autoreply/database';
import type { Ledger } from './simulator-client.ts';

type Milliseconds = { p50: number | null; p95: number | null; max: number | null };

/** Every figure is counted, from the simulator's ledger or from the database. */
export type DemoSummary = {
  /** Buyers' messages that the simulator delivered. */
  received: number;
  /** Of these, answered from the knowledge base, once. */
  answered: number;
  /** Of these, answered by a prepared text and handed to a person, or held for one. */
  handedOff: number;
  /** Avito's own messages, stored and left alone. */
  ignored: number;
  /** Webhook requests refused for their signature. */
  rejected: number;
  /** Webhook requests recognised as a repetition. */
  duplicates: number;
  /** Buyers' messages without an answer that nobody was told about. */
  unanswered: number;
  /** Buyers' messages with more than one answer. */
  answeredTwice: number;
  milliseconds: {
    acknowledge: Milliseconds;
    receivedToStored: Milliseconds;
    storedToSent: Milliseconds;
    receivedToSent: Milliseconds;
  };
};

function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

function millisecondsOf(values: readonly number[]): Milliseconds {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), max: sorted.at(-1) ?? null };
}

const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms));
const roundedAll = ({ p50, p95, max }: Milliseconds | Latency): Milliseconds => ({
  p50: rounded(p50),
  p95: rounded(p95),
  max: rounded(max),
});

type CountOptions = {
  ledger: Ledger;
  repositories: {
    chats: Pick<Repositories['chats'], 'listMessages'>;
    sends: Pick<Repositories['sends'], 'findReply'>;
    figures: Pick<Repositories['figures'], 'summarize'>;
  };
  accountId: number;
};

type Fate = 'answered' | 'handed-off' | 'nobody-knows';

/** What the database says became of each of the buyers' messages. */
async function fatesOf({ ledger, repositories, accountId }: CountOptions): Promise<Map<string, Fate>> {
  const fates = new Map<string, Fate>();
  for (const chatId of new Set(ledger.buyerMessages.map((message) => message.chatId))) {
    for (const message of await repositories.chats.listMessages({ accountId, chatId })) {
      const reply =
        message.replyId === null
          ? undefined
          : (await repositories.sends.findReply({ replyId: message.replyId }))?.reply;
      const isHanded =
        reply?.action === 'handoff' || message.decision === 'hold' || message.decision === 'handoff';
      fates.set(message.messageId, isHanded ? 'handed-off' : reply ? 'answered' : 'nobody-knows');
    }
  }
  return fates;
}

const countOf = (figures: AccountFigures, authorKind: string, decision: string): number =>
  figures.messages
    .filter((entry) => entry.authorKind === authorKind && entry.decision === decision)
    .reduce((sum, entry) => sum + entry.count, 0);

export async function summarize(options: CountOptions): Promise<DemoSummary> {
  const { ledger, repositories, accountId } = options;
  const figures = await repositories.figures.summarize({ accountId });
  const fates = await fatesOf(options);
  const count = (wanted: (message: Ledger['buyerMessages'][number], fate: Fate) => boolean): number =>
    ledger.buyerMessages.filter((message) => wanted(message, fates.get(message.messageId) ?? 'nobody-knows'))
      .length;
  const answers = ledger.deliveries.filter((delivery) => delivery.outcome === 'answered');
  return {
    received: ledger.buyerMessages.length,
    answered: count(({ state }, fate) => state === 'once' && fate === 'answered'),
    handedOff: count(({ state }, fate) => state !== 'twice' && fate === 'handed-off'),
    ignored: countOf(figures, 'avito', 'ignore'),
    rejected: answers.filter((delivery) => delivery.status === 401).length,
    duplicates: answers.filter((delivery) => delivery.responseBody?.includes('"duplicate"')).length,
    unanswered: count(({ state }, fate) => state === 'unanswered' && fate !== 'handed-off'),
    answeredTwice: count(({ state }) => state === 'twice'),
    milliseconds: {
      acknowledge: roundedAll(millisecondsOf(answers.map((delivery) => delivery.latencyMs))),
      receivedToStored: roundedAll(figures.latencies.receivedToStored),
      storedToSent: roundedAll(figures.latencies.storedToSent),
      receivedToSent: roundedAll(figures.latencies.receivedToSent),
    },
  };
}

/** Every message has exactly one fate, and none is lost or answered twice. */
export function isSound(summary: DemoSummary): boolean {
  return (
    summary.received > 0 &&
    summary.unanswered === 0 &&
    summary.answeredTwice === 0 &&
    summary.answered + summary.handedOff === summary.received
  );
}
