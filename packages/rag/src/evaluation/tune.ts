import type { Logger } from '@avito-autoreply/runtime';
import { type AnswerThresholds, type SetThresholds, thresholdsWith } from '../answering/answer-thresholds.ts';
import { type AnswerInput, createAnswerEngine } from '../answering/answer-engine.ts';
import type { ChunkSearch } from '../ports.ts';
import { fuseRankings, type FusionWeights } from '../retrieval/fusion.ts';
import type { Ranking, Retriever } from '../retrieval/retriever.ts';
import { crossValidate, type CrossValidated } from './cross-validate.ts';
import { evaluateQuestions } from './evaluate-questions.ts';
import { isExpectedSource, type Verdict } from './judge-answer.ts';
import { memoizeSearch } from './memoize-search.ts';
import { reciprocalRankAt } from './metrics.ts';
import type { EvalQuestion } from './question-set.ts';

/** What an answer is worth: an untrue one costs as much as a right one brings, a call for a person is neither. */
const WORTH: Record<Verdict, number> = { answered: 1, refused: 1, 'refused-falsely': 0, wrong: -1 };

const MIN_CONFIDENCES = [0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8];
const UNKNOWN_SHARES = [0.4, 0.55, 0.7, 0.85, 1];
/** Beside a dense leg of 1; only their proportion matters. */
const LEXICAL_WEIGHTS = [0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1, 1.5];
const RANKED_CHUNKS = 50;

type TuneDeps = { retriever: Retriever; search: ChunkSearch; logger?: Logger | undefined };
type TuneInput = {
  questions: readonly EvalQuestion[];
  asked: Pick<AnswerInput, 'accountId' | 'knowledgeAccountId'>;
  signal?: AbortSignal | undefined;
};

const groupsOf = (questions: readonly EvalQuestion[]) =>
  questions.map(({ answerable, kind }) => `${answerable} ${kind}`);

/**
 * The thresholds of quotations that serve the questions best, by a grid. Models are not asked: the thresholds rule what
 * is said without one. Today's come first among the candidates, so that equals change nothing.
 */
export async function tuneThresholds(
  { retriever, search, logger }: TuneDeps,
  {
    questions,
    asked,
    current,
    onProgress,
    signal,
  }: TuneInput & {
    current: AnswerThresholds;
    onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
  },
): Promise<CrossValidated<SetThresholds> | undefined> {
  const engine = createAnswerEngine({ ...memoizeSearch({ retriever, search }), logger });
  const today = thresholdsWith(current);
  const grid = MIN_CONFIDENCES.flatMap((minConfidence) =>
    UNKNOWN_SHARES.map((unknownShare) => ({ minConfidence, unknownShare })),
  ).toSorted((a, b) => distance(a, today) - distance(b, today));
  const candidates = [];
  for (const thresholds of [today, ...grid]) {
    const results = await evaluateQuestions(
      { engine },
      { questions, asked: { ...asked, thresholds, settings: {} }, signal },
    );
    candidates.push({ choice: thresholds, scores: results.map(({ verdict }) => WORTH[verdict]) });
    onProgress?.({ done: candidates.length, total: grid.length + 1 });
  }
  const scores = candidates[0]?.scores ?? [];
  return crossValidate({ candidates, current: scores, groups: groupsOf(questions) });
}

const distance = (one: SetThresholds, other: SetThresholds) =>
  Math.abs(one.minConfidence - other.minConfidence) + Math.abs(one.unknownShare - other.unknownShare);

/**
 * The fusion weights by which the expected sources rank highest. Both legs are asked once per question; undefined where
 * no question names its source, or nothing is searched by meaning.
 */
export async function tuneWeights(
  { retriever, search }: TuneDeps,
  { questions, asked, current, signal }: TuneInput & { current: FusionWeights },
): Promise<CrossValidated<FusionWeights> | undefined> {
  const accountId = asked.knowledgeAccountId ?? asked.accountId;
  const sourced = questions.filter(({ expected_source: keys }) => keys.length > 0);
  const legs: (Pick<Ranking, 'dense' | 'lexical'> & { relevant: Map<string, number> })[] = [];
  for (const question of sourced) {
    const query = { accountId, question: question.question, limit: RANKED_CHUNKS, signal };
    const { dense, lexical } = await retriever.rank(query);
    const chunkIds = [...new Set([...dense, ...lexical].map(({ chunkId }) => chunkId))];
    const chunks = await search.loadChunks({ accountId, chunkIds });
    const relevant = chunks.filter(({ sourceKey }) => isExpectedSource(question, sourceKey));
    legs.push({ dense, lexical, relevant: new Map(relevant.map(({ chunkId }) => [String(chunkId), 1])) });
  }
  if (legs.every(({ dense }) => dense.length === 0)) return undefined;
  const scoresOf = (weights: FusionWeights) =>
    legs.map(({ dense, lexical, relevant }) => {
      const ranked = fuseRankings({ dense, lexical, weights }).map(({ chunkId }) => String(chunkId));
      return reciprocalRankAt(10, { ranked, relevant });
    });
  const proportion = ({ dense, lexical }: FusionWeights) => lexical / Math.max(dense, 1e-9);
  const grid = LEXICAL_WEIGHTS.map((lexical): FusionWeights => ({ dense: 1, lexical })).toSorted(
    (a, b) => Math.abs(proportion(a) - proportion(current)) - Math.abs(proportion(b) - proportion(current)),
  );
  return crossValidate({
    candidates: [current, ...grid].map((choice) => ({ choice, scores: scoresOf(choice) })),
    current: scoresOf(current),
    groups: groupsOf(sourced),
  });
}
