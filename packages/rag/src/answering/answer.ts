import type { ModelCall } from '../cost/model-prices.ts';
import type { GateReport } from '../gate/gate.ts';
import type { TokenUsage } from '../ports.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import type { PassageScores } from '../retrieval/passage-scores.ts';
import type { LeftOut } from '../retrieval/retriever.ts';
import type { NearestApproved } from './approved-answers.ts';

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
export const answerReasons = [
  'greeting',
  'thanks',
  'acknowledgement',
  'asked-for-human',
  'complaint',
  'approved-answer',
  'unsupported-content',
  'not-in-base',
  'partly-in-base',
  'gate-refused',
  'model-failed',
  'budget-spent',
  'model-not-asked',
] as const;

export type AnswerReason = (typeof answerReasons)[number];

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
  timings: {
    approved: number;
    rewrite: number;
    retrieve: number;
    generate: number;
    gate: number;
    total: number;
  };
  /** For the owner's „why this answer?“; what it repeats of the buyer's words holds no phone, e-mail or card. */
  trace: AnswerTrace;
};

/** One model that was asked. */
export type AnswerAttempt = {
  model: string;
  outcome: 'answer' | 'handoff' | 'refused' | 'failed';
  /** It was told what the check objected to in its text before. */
  isCorrection?: boolean | undefined;
  /** It said that it does not know the rest: a person is called for that. */
  isPartial?: boolean | undefined;
  usage: TokenUsage;
  /** Of the model's text, whether it was sent or not. */
  gate?: GateReport | undefined;
  /** Of the model's error. */
  code?: string | undefined;
};

export type AnswerTrace = {
  /** Of the owner's answer settings; null while there are none. */
  settingsVersion: number | null;
  /** Changes with what the models are told. */
  promptVersion: string;
  /** The nearest approved pair; sent only where it asks the same. */
  approved?: NearestApproved | undefined;
  rewrite?:
    | { model: string; question: string | undefined; failure: string | undefined; usage: TokenUsage }
    | undefined;
  words: { word: string; kind: string }[];
  /** What was found, best first, with the score of each leg; `foundBy`: the message as it came, or rewritten. */
  candidates: (Pick<Passage, 'sourceKey' | 'title' | 'heading' | 'chunkIds'> &
    PassageScores & { foundBy: 'message' | 'rewrite' })[];
  /** Code of the error for which the base was searched by words only. */
  meaningFailure?: string | undefined;
  /** Code of the error for which what was found kept the order of the search. */
  rerankFailure?: string | undefined;
  /** What the search did without, because its model costs money and the account's is spent. */
  leftOut?: LeftOut[] | undefined;
  attempts: AnswerAttempt[];
  /** Share of what was asked that the best passage covers, by weight of the words; from 0 to 1. */
  coverage?: number | undefined;
};
