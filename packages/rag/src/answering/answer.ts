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
  | { kind: 'item'; title: string };

/** Why an answer is as it is. Stable: stored with replies and shown to the owner. */
export type AnswerReason =
  | 'greeting'
  | 'thanks'
  | 'acknowledgement'
  | 'asked-for-human'
  | 'unsupported-content'
  | 'not-in-base'
  | 'gate-refused'
  | 'model-failed';

export type Answer = {
  text: string;
  mode: 'model' | 'extractive' | 'static';
  sources: AnswerSource[];
  /** `handoff`: the text is sent, and a person takes the chat over. */
  action: 'answer' | 'handoff';
  reason?: AnswerReason | undefined;
  usage: TokenUsage & { model?: string | undefined; embeddingTokens: number };
  /** Milliseconds per stage. */
  timings: { retrieve: number; generate: number; gate: number; total: number };
  /** For the owner's „why this answer?“; holds no more of the buyer's words than the words searched for. */
  trace: AnswerTrace;
};

export type AnswerTrace = {
  words: { word: string; kind: string }[];
  candidates: { sourceKey: string; heading: string; chunkIds: readonly number[] }[];
  /** Share of what was asked that the best passage covers, by weight of the words; from 0 to 1. */
  coverage?: number | undefined;
  /** Of the model's text, whether it was sent or not. */
  gate?: GateReport | undefined;
  /** Code of the model's error. */
  modelError?: string | undefined;
};
