import { AppError } from '@avito-autoreply/runtime';
import { noUsage, usageOfFailure } from '../cost/failed-call.ts';
import type { ChatModel, PromptMessage, TokenUsage } from '../ports.ts';
import { checkAnswer, type GateReport } from '../gate/gate.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import type { HistoryMessage, ItemContext } from './answer.ts';
import type { AnswerSettings } from './answer-settings.ts';
import { CORRECTION_INSTRUCTIONS, type RefusedDraft } from './correction.ts';
import { answerSchema, buildAnswerPrompt, INSTRUCTIONS, itemText, passageText } from './prompt.ts';
import { partAdmissions } from './admission.ts';
import { readDraft } from './read-draft.ts';
import { sourcesMeant } from './sources-meant.ts';

/** The number by which the listing is cited. */
const ITEM = 0;

export type ModelOutcome = { usage: TokenUsage; generateMs: number; gateMs: number } & (
  | {
      kind: 'answer';
      text: string;
      /** It said that it does not know the rest, which the text leaves out. */
      isPartial: boolean;
      passages: Passage[];
      usesItem: boolean;
      gate: GateReport;
    }
  /** The model said that the sources do not answer the question. */
  | { kind: 'handoff' }
  | ({ kind: 'refused' } & RefusedDraft)
  | { kind: 'failed'; code: string }
);

export type ModelInput = {
  chatModel: ChatModel;
  question: string;
  passages: readonly Passage[];
  history: readonly HistoryMessage[];
  item: ItemContext | undefined;
  settings: AnswerSettings;
  /** What this model said before and the check stopped, and why: it is asked once more. */
  correction?: readonly PromptMessage[] | undefined;
  signal?: AbortSignal | undefined;
};

/** Asks the model and checks what it says. Only an abort is thrown; every failure of the model is an outcome. */
export async function answerByModel(input: ModelInput): Promise<ModelOutcome> {
  const { chatModel, question, passages, item, history, settings, correction = [], signal } = input;
  const start = performance.now();
  const elapsed = { generateMs: 0, gateMs: 0 };
  let usage = noUsage;
  try {
    const messages = [...buildAnswerPrompt(input), ...correction];
    const completion = await chatModel.complete({ messages, schema: answerSchema, signal });
    usage = completion.usage;
    elapsed.generateMs = performance.now() - start;
    const draft = readDraft(completion.text);
    if (draft === undefined) return { kind: 'failed', code: 'model.bad-answer', usage, ...elapsed };
    if (draft.action === 'handoff') return { kind: 'handoff', usage, ...elapsed };

    // Clamped to what the model was given: a source that is not there grounds nothing.
    const texts = passages.map(passageText);
    const { known: answer, isAdmitted } = partAdmissions({ answer: draft.answer, sources: texts });
    const sources = draft.sources ?? sourcesMeant({ answer, texts });
    const isCited = (_: unknown, index: number) => sources.includes(index + 1);
    const cited = passages.filter(isCited);
    const usesItem = item !== undefined && sources.includes(ITEM);
    // The listing is what the chat is about, so it grounds a claim also when it is not cited; it is no source by itself.
    const itemGrounds = item === undefined || !(usesItem || cited.length > 0) ? [] : [itemText(item)];
    const saidBy = (who: HistoryMessage['author']) =>
      history.filter(({ author }) => author === who).map(({ text }) => text);
    const grounds = [...texts.filter(isCited), ...itemGrounds];
    // A polite word beside „I do not know“ answers nothing.
    if (isAdmitted && sourcesMeant({ answer, texts: grounds }).length === 0)
      return { kind: 'handoff', usage, ...elapsed };
    const gate = checkAnswer({
      answer,
      grounds,
      question,
      earlier: saidBy('buyer'),
      instructions: [INSTRUCTIONS, CORRECTION_INSTRUCTIONS].join('\n'),
      told: [settings.persona ?? '', ...(settings.rules ?? []), ...saidBy('us')],
    });
    elapsed.gateMs = performance.now() - start - elapsed.generateMs;
    if (gate.problems.length > 0) return { kind: 'refused', answer, sources, gate, usage, ...elapsed };
    return {
      kind: 'answer',
      text: answer,
      isPartial: isAdmitted,
      passages: cited,
      usesItem,
      gate,
      usage,
      ...elapsed,
    };
  } catch (error) {
    if (signal?.aborted || !(error instanceof AppError)) throw error;
    elapsed.generateMs = performance.now() - start;
    return { kind: 'failed', code: error.code, usage: usageOfFailure(error), ...elapsed };
  }
}

/** Kinds and codes only: what the model wrote may repeat the buyer's words. */
export function outcomeForLog(outcome: ModelOutcome): Record<string, unknown> {
  if (outcome.kind === 'refused') {
    return { reason: 'gate-refused', problems: outcome.gate.problems.map(({ kind }) => kind) };
  }
  return outcome.kind === 'failed' ? { reason: 'model-failed', code: outcome.code } : {};
}
