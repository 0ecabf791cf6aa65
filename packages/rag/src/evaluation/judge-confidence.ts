import { confidenceOf, type ConfidenceWeights } from '../answering/confidence.ts';
import { isNothing } from '../answering/evidence.ts';
import { MIN_CONFIDENCE } from '../answering/extractive-answer.ts';
import { fitConfidence, type WeighedQuestion } from './fit-confidence.ts';
import type { Verdict } from './judge-answer.ts';

export type WeighedShop = { name: string; questions: readonly WeighedQuestion[] };

export type JudgedQuestion = WeighedQuestion & { verdict: Verdict };

/** What would be quoted with these weights: the surest passage, if it is sure enough. `bias` is added to theirs. */
export function judgeConfidence(
  questions: readonly WeighedQuestion[],
  weights: ConfidenceWeights,
  { bias = 0 }: { bias?: number | undefined } = {},
): JudgedQuestion[] {
  const moved = { ...weights, bias: weights.bias + bias };
  return questions.map((question) => ({ ...question, verdict: verdictOf(question, moved) }));
}

function verdictOf({ answerable, passages }: WeighedQuestion, weights: ConfidenceWeights): Verdict {
  const scored = passages.map(({ evidence, isRight }) => ({
    isRight,
    // As the engine does: without any of the words nothing is quoted.
    confidence: isNothing(evidence) ? 0 : confidenceOf(evidence, weights),
  }));
  const [best] = scored.toSorted((a, b) => b.confidence - a.confidence);
  if (best === undefined || best.confidence < MIN_CONFIDENCE)
    return answerable ? 'refused-falsely' : 'refused';
  return answerable && best.isRight ? 'answered' : 'wrong';
}

/** The weights that the other shops give, for each shop: how the fit does where it saw nothing. */
export function leaveOneShopOut(
  shops: readonly WeighedShop[],
): (WeighedShop & { weights: ConfidenceWeights })[] {
  return shops.map((shop) => ({
    ...shop,
    weights: fitConfidence(shops.filter((other) => other !== shop).flatMap(({ questions }) => questions)),
  }));
}
