import type { Answer } from '../answering/answer.ts';
import type { AnswerEngine, AnswerInput } from '../answering/answer-engine.ts';
import { isExpectedSource, type Judgement, judgeAnswer } from './judge-answer.ts';
import type { EvalQuestion } from './question-set.ts';

/** One question with its answer, how it was judged and what it cost: what a run's file holds. */
export type QuestionResult = Pick<EvalQuestion, 'id' | 'question' | 'kind' | 'split' | 'answerable'> &
  Judgement & {
    history: number;
    expected: string[];
    answer: Pick<Answer, 'text' | 'mode' | 'action' | 'reason'> & { sources: string[] };
    /** Place of the expected source among the passages found, from 1; null: not found. Undefined: none is expected. */
    foundAt?: number | null | undefined;
    /** What the gate said of each model's text. */
    gate: { model: string; outcome: string; isCorrection?: boolean | undefined; problems: string[] }[];
    trace: Pick<Answer['trace'], 'coverage' | 'words' | 'meaningFailure'> & {
      rewritten?: string | undefined;
      candidates: string[];
    };
    ms: number;
    inputTokens: number;
    outputTokens: number;
    embeddingTokens: number;
    cost: number | null;
  };

type Asked = Pick<
  AnswerInput,
  'accountId' | 'knowledgeAccountId' | 'settings' | 'thresholds' | 'withoutModel'
>;

/** Asks the engine every question, one after the other as a chat does, and judges what would have been sent. */
export async function evaluateQuestions(
  { engine }: { engine: AnswerEngine },
  {
    questions,
    asked,
    onProgress,
    signal,
  }: {
    questions: readonly EvalQuestion[];
    asked: Asked;
    onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<QuestionResult[]> {
  const results: QuestionResult[] = [];
  for (const question of questions) {
    signal?.throwIfAborted();
    const { history, item } = question;
    const answer = await engine.generateAnswer({
      ...asked,
      question: question.question,
      history,
      item,
      signal,
    });
    results.push(resultOf(question, answer));
    onProgress?.({ done: results.length, total: questions.length });
  }
  return results;
}

function resultOf(question: EvalQuestion, answer: Answer): QuestionResult {
  const { id, kind, split, answerable, history, expected_source: expected } = question;
  const { text, mode, action, reason, sources, trace, timings, usage } = answer;
  const place = trace.candidates.findIndex(({ sourceKey }) => isExpectedSource(question, sourceKey));
  return {
    id,
    question: question.question,
    kind,
    split,
    answerable,
    history: history.length,
    expected,
    ...judgeAnswer(question, answer),
    answer: { text, mode, action, reason, sources: sources.map(sourceName) },
    ...(expected.length === 0 ? {} : { foundAt: place < 0 ? null : place + 1 }),
    gate: trace.attempts.map(({ model, outcome, isCorrection, gate }) => ({
      model,
      outcome,
      ...(isCorrection === undefined ? {} : { isCorrection }),
      problems: gate?.problems.map((problem) => problem.kind) ?? [],
    })),
    trace: {
      coverage: trace.coverage,
      words: trace.words,
      rewritten: trace.rewrite?.question,
      meaningFailure: trace.meaningFailure,
      candidates: trace.candidates.map(({ sourceKey, heading }) => `${sourceKey}: ${heading}`),
    },
    ms: timings.total,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    embeddingTokens: usage.embeddingTokens,
    cost: usage.cost,
  };
}

function sourceName(source: Answer['sources'][number]): string {
  if (source.kind === 'item') return 'объявление';
  return source.kind === 'approved'
    ? `одобренный ответ: ${source.question}`
    : `${source.sourceKey}: ${source.heading}`;
}
