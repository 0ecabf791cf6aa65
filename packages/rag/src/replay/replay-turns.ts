import type { Answer, HistoryMessage, ItemContext } from '../answering/answer.ts';
import type { AnswerEngine, AnswerInput } from '../answering/answer-engine.ts';
import { foldForSearch } from '../text/normalize.ts';

/** A turn that was answered once, as it was asked. */
export type PastTurn = {
  id: string;
  chatId: string;
  at: Date;
  question: string;
  history: readonly HistoryMessage[];
  item: ItemContext | undefined;
  itemId: number | null;
  unread: AnswerInput['unread'];
  before: Pick<Answer, 'text' | 'mode' | 'action'>;
};

/** Of the answer: `same` words, `changed` ones, or an answer in place of a call for a person, or the reverse. */
export type ReplayOutcome = 'same' | 'changed' | 'now-answered' | 'now-refused';

export type ReplayedTurn = {
  id: string;
  chatId: string;
  at: string;
  question: string;
  outcome: ReplayOutcome;
  before: PastTurn['before'];
  now: Pick<Answer, 'text' | 'mode' | 'action' | 'reason'> & { sources: string[] };
  /** What the gate held back. */
  refused: string[];
  ms: number;
  cost: number | null;
};

export type Replay = {
  turns: ReplayedTurn[];
  counts: Record<ReplayOutcome, number>;
  /** Null as soon as one price is unknown. */
  cost: number | null;
  /** Set when the ceiling ended it early: turns that were not asked. */
  left: number;
};

/** Asks the turns again and compares. Nothing is sent or stored; models see personal data masked, as ever. */
export async function replayTurns(
  { engine }: { engine: AnswerEngine },
  {
    turns,
    asked,
    maxCost,
    onProgress,
    signal,
  }: {
    turns: readonly PastTurn[];
    asked: Pick<AnswerInput, 'accountId' | 'knowledgeAccountId' | 'settings' | 'withoutModel'>;
    /** In the currency of the prices: no further turn is asked once it is spent. */
    maxCost?: number | undefined;
    onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<Replay> {
  const replayed: ReplayedTurn[] = [];
  for (const turn of turns) {
    signal?.throwIfAborted();
    // An unknown cost counts against the ceiling like a spent one: nobody can say that there is money left.
    const spent = totalOf(replayed);
    if (maxCost !== undefined && (spent === null || (spent >= maxCost && spent > 0))) break;
    const { question, history, item, itemId, unread } = turn;
    const now = await engine.generateAnswer({ ...asked, question, history, item, itemId, unread, signal });
    replayed.push(compare(turn, now));
    onProgress?.({ done: replayed.length, total: turns.length });
  }
  const countOf = (outcome: ReplayOutcome) => replayed.filter((turn) => turn.outcome === outcome).length;
  return {
    turns: replayed,
    counts: {
      same: countOf('same'),
      changed: countOf('changed'),
      'now-answered': countOf('now-answered'),
      'now-refused': countOf('now-refused'),
    },
    cost: totalOf(replayed),
    left: turns.length - replayed.length,
  };
}

const totalOf = (turns: readonly ReplayedTurn[]) =>
  turns.reduce<number | null>((sum, { cost }) => (sum === null || cost === null ? null : sum + cost), 0);

function compare({ id, chatId, at, question, before }: PastTurn, now: Answer): ReplayedTurn {
  const { text, mode, action, reason, sources, trace, timings, usage } = now;
  return {
    id,
    chatId,
    at: at.toISOString(),
    question,
    outcome: outcomeOf(before, now),
    before,
    now: {
      text,
      mode,
      action,
      reason,
      sources: sources.map((source) =>
        source.kind === 'knowledge' ? `${source.sourceKey}: ${source.heading}` : source.kind,
      ),
    },
    refused: trace.attempts.flatMap(({ gate }) => gate?.problems.map(({ kind }) => kind) ?? []),
    ms: timings.total,
    cost: usage.cost,
  };
}

function outcomeOf(before: PastTurn['before'], now: Pick<Answer, 'text' | 'action'>): ReplayOutcome {
  if (before.action !== now.action) return now.action === 'answer' ? 'now-answered' : 'now-refused';
  return foldForSearch(before.text) === foldForSearch(now.text) ? 'same' : 'changed';
}
