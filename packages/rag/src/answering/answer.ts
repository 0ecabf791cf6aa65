import type { ModelCall } from '../cost/model-prices.ts';
import type { GateReport } from '../gate/gate.ts';
import type { TokenUsage } from '../ports.ts';

/** The listing the chat is about, as Avito's chat context has it. All parts are optional there. */
export type ItemContext = {
  title?: string | undefined;
  /** As shown to buyers: „42 990 ₽“. */
  price?: string | undefined;
  url?: string | undefined;
};

export type HistoryMessage = { author: 'buyer' | 'us'; text: string };

export type AnswerSource =
  | { kind: 'knowledge'; sourceKey: string; title: string; heading: string; chunkIds: readonly number[] }
  | { kind: 'item'; title: string }
  /** A pair that an operator approved. */
  | { kind: 'approved'; id: string; question: string };

/** Why an answer is as it is. Stable: stored with replies and shown to the owner. */
export type AnswerReason =
  | 'greeting'
  | 'thanks'
  | 'acknowledgement'
  | 'asked-for-human'
  | 'complaint'
  | 'approved-answer'
  | 'unsupported-content'
  | 'not-in-base'
  | 'gate-refused'
  | 'model-failed'
  | 'budget-spent';

export type Answer = {
  text: string;
  mode: 'model' | 'extractive' | 'static';
  sources: AnswerSource[];
  /** `handoff`: the text is sent, and a person takes the chat over. */
  action: 'answer' | 'handoff';
  reason?: AnswerReason | undefined;
  usage: TokenUsage & {
    model?: string | undefined;
    embeddingTokens: number;
    /** Every call that was made for the answer, with what it cost; null where nobody knows. */
    calls: (ModelCall & { cost: number | null })[];
    /** All calls together, in the currency of the prices; null as soon as one of them is unknown. */
    cost: number | null;
  };
  /** Milliseconds per stage. */
  timings: { retrieve: number; generate: number; gate: number; total: number };
  /** For the owner's „why this answer?“; what it repeats of the buyer's words holds no phone, e-mail or card. */
  trace: AnswerTrace;
};

/** One model that was asked. */
export type AnswerAttempt = {
  model: string;
  outcome: 'answer' | 'handoff' | 'refused' | 'failed';
  usage: TokenUsage;
  /** Of the model's text, whether it was sent or not. */
  gate?: GateReport | undefined;
  /** Of the model's error. */
  code?: string | undefined;
};

export type AnswerTrace = {
  /** Of the owner's answer settings; null while there are none. */
  settingsVersion: number | null;
  approved?: { id: string; similarity: number } | undefined;
  rewrite?:
    | { model: string; question: string | undefined; failure: string | undefined; usage: TokenUsage }
    | undefined;
  words: { word: string; kind: string }[];
  candidates: { sourceKey: string; heading: string; chunkIds: readonly number[] }[];
  attempts: AnswerAttempt[];
  /** Share of what was asked that the best passage covers, by weight of the words; from 0 to 1. */
  coverage?: number | undefined;
};
