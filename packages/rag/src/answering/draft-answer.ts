import { mayHaveCost } from '../cost/failed-call.ts';
import { costOf, type ModelCall, type ModelPrices, totalCost } from '../cost/model-prices.ts';
import type { Answer } from './answer.ts';
import type { ModelOutcome } from './model-answer.ts';
import { PROMPT_VERSION } from './prompt-version.ts';
import type { Found } from './retrieve-for-turn.ts';
import type { Rewrite } from './rewrite-question.ts';

/** Collects figures and trace while an answer is made. */
export function createDraftAnswer({
  settingsVersion,
  prices,
}: {
  settingsVersion: number | null;
  prices: ModelPrices | undefined;
}) {
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  const usage: Omit<Answer['usage'], 'calls' | 'cost'> = {
    inputTokens: 0,
    outputTokens: 0,
    embeddingTokens: 0,
  };
  const calls: ModelCall[] = [];
  const timings: Answer['timings'] = { approved: 0, rewrite: 0, retrieve: 0, generate: 0, gate: 0, total: 0 };
  const trace: Answer['trace'] = {
    settingsVersion,
    promptVersion: PROMPT_VERSION,
    words: [],
    candidates: [],
    attempts: [],
  };
  let stageStart = start;
  /** Milliseconds since the last stage ended. */
  const lap = () => {
    const before = stageStart;
    stageStart = performance.now();
    return stageStart - before;
  };

  /** A model that was at work cost something, also where nobody says how many tokens. */
  const addCall = (call: ModelCall, failure: string | undefined) => {
    const { inputTokens, outputTokens } = call.usage;
    usage.inputTokens += inputTokens;
    usage.outputTokens += outputTokens;
    const isOnBill = failure === undefined || mayHaveCost(failure) || inputTokens + outputTokens > 0;
    if (isOnBill) calls.push(call);
  };

  return {
    /** The nearest approved pair, whether it is near enough or not. */
    addApproved(approved: Answer['trace']['approved']) {
      timings.approved = lap();
      if (approved !== undefined) trace.approved = approved;
    },
    addRewrite({ model, rewrite }: { model: string; rewrite: Rewrite }) {
      timings.rewrite = lap();
      addCall({ model, usage: rewrite.usage }, rewrite.failure);
      trace.rewrite = { model, question: rewrite.question, failure: rewrite.failure, usage: rewrite.usage };
    },
    addRetrieval({ asked, candidates, embeddingTokens, embeddedBy, rerankCalls, ...found }: Found) {
      const { meaningFailure, rerankFailure, leftOut } = found;
      timings.retrieve = lap();
      usage.embeddingTokens = embeddingTokens;
      if (embeddedBy !== undefined) {
        calls.push({ model: embeddedBy, usage: { inputTokens: embeddingTokens, outputTokens: 0 } });
      }
      calls.push(...rerankCalls);
      if (leftOut !== undefined) trace.leftOut = leftOut;
      if (meaningFailure !== undefined) trace.meaningFailure = meaningFailure;
      if (rerankFailure !== undefined) trace.rerankFailure = rerankFailure;
      trace.words = asked.map(({ word, kind }) => ({ word, kind }));
      trace.candidates = candidates.map(
        ({ passage: { sourceKey, title, heading, chunkIds }, scores, foundBy }) => ({
          sourceKey,
          title,
          heading,
          chunkIds,
          ...scores,
          foundBy,
        }),
      );
    },
    addModel({
      model,
      outcome,
      isCorrection,
    }: {
      model: string;
      outcome: ModelOutcome;
      isCorrection: boolean;
    }) {
      addCall({ model, usage: outcome.usage }, outcome.kind === 'failed' ? outcome.code : undefined);
      usage.model = model;
      timings.generate += outcome.generateMs;
      timings.gate += outcome.gateMs;
      trace.attempts.push({
        model,
        outcome: outcome.kind,
        ...(isCorrection ? { isCorrection } : {}),
        ...('isPartial' in outcome && outcome.isPartial ? { isPartial: true } : {}),
        usage: outcome.usage,
        ...('gate' in outcome ? { gate: outcome.gate } : {}),
        ...('code' in outcome ? { code: outcome.code } : {}),
      });
    },
    addCoverage(coverage: number) {
      trace.coverage = coverage;
    },
    finish(result: Pick<Answer, 'text' | 'mode' | 'action' | 'sources' | 'reason'>): Answer {
      return {
        ...result,
        usage: {
          ...usage,
          calls: calls.map((call) => ({ ...call, cost: costOf(call, prices) })),
          cost: totalCost(calls, prices),
        },
        timings: { ...timings, total: elapsed() },
        trace,
      };
    },
  };
}

export type DraftAnswer = ReturnType<typeof createDraftAnswer>;
