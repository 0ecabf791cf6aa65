import type { Retrieved } from '../retrieval/retriever.ts';
import type { Answer, AnswerAttempt } from './answer.ts';
import type { ModelOutcome } from './model-answer.ts';
import type { Rewrite } from './rewrite-question.ts';

/** Collects figures and trace while an answer is made. */
export function createDraftAnswer({ settingsVersion }: { settingsVersion: number | null }) {
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  const usage: Answer['usage'] = { inputTokens: 0, outputTokens: 0, embeddingTokens: 0 };
  const timings: Answer['timings'] = { retrieve: 0, generate: 0, gate: 0, total: 0 };
  const trace: Answer['trace'] = { settingsVersion, words: [], candidates: [], attempts: [] };

  const addUsage = ({ inputTokens, outputTokens }: AnswerAttempt['usage']) => {
    usage.inputTokens += inputTokens;
    usage.outputTokens += outputTokens;
  };

  return {
    addApproved(approved: NonNullable<Answer['trace']['approved']>) {
      trace.approved = approved;
    },
    addRewrite({ model, rewrite }: { model: string; rewrite: Rewrite }) {
      addUsage(rewrite.usage);
      trace.rewrite = { model, question: rewrite.question, failure: rewrite.failure, usage: rewrite.usage };
    },
    addRetrieval({
      asked,
      passages,
      embeddingTokens,
    }: Pick<Retrieved, 'asked' | 'passages' | 'embeddingTokens'>) {
      timings.retrieve = elapsed();
      usage.embeddingTokens = embeddingTokens;
      trace.words = asked.map(({ word, kind }) => ({ word, kind }));
      trace.candidates = passages.map(({ sourceKey, heading, chunkIds }) => ({
        sourceKey,
        heading,
        chunkIds,
      }));
    },
    addModel({ model, outcome }: { model: string; outcome: ModelOutcome }) {
      addUsage(outcome.usage);
      usage.model = model;
      timings.generate += outcome.generateMs;
      timings.gate += outcome.gateMs;
      trace.attempts.push({
        model,
        outcome: outcome.kind,
        usage: outcome.usage,
        ...('gate' in outcome ? { gate: outcome.gate } : {}),
        ...('code' in outcome ? { code: outcome.code } : {}),
      });
    },
    addCoverage(coverage: number) {
      trace.coverage = coverage;
    },
    finish(result: Pick<Answer, 'text' | 'mode' | 'action' | 'sources' | 'reason'>): Answer {
      return { ...result, usage, timings: { ...timings, total: elapsed() }, trace };
    },
  };
}

export type DraftAnswer = ReturnType<typeof createDraftAnswer>;
