/** Cosines of questions that mostly have nothing to do with each other. */
export type VectorBackground = { mean: number; deviation: number; questions: number };

const MIN_QUESTIONS = 12;
/** While there is nothing to compare with: only near copies. */
const CAREFUL = 0.93;
const DEVIATIONS = 3;
const HIGHEST = 0.97;

/**
 * The cosine from which two questions ask the same. Models differ: one gives unrelated questions 0.3, another 0.85. So it
 * is measured by the questions of the account itself: well above what is usual between any two of them.
 */
export function sameQuestionCosine(background: VectorBackground | undefined): number {
  if (background === undefined || background.questions < MIN_QUESTIONS) return CAREFUL;
  return Math.min(HIGHEST, background.mean + DEVIATIONS * background.deviation);
}
