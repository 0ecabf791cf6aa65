import { type AskedTerm, UNKNOWN_SHARE } from '../retrieval/term-weights.ts';
import { CONFIDENCE_VERSION } from './confidence.ts';
import { MIN_CONFIDENCE } from './extractive-answer.ts';
import { classShare } from './class-share.ts';
import { SETTING_SHARE, settingWords } from './setting-words.ts';

/** Higher than where it ranks: what nobody has heard of is what a question is mostly about. */
const UNKNOWN_SHARE_OF_COVERAGE = 0.85;

/** When a quotation is sure enough to be sent. What an account does not set stays as it is built in. */
export type AnswerThresholds = {
  /** How sure a quotation must be to answer the question, 0 to 1. */
  minConfidence?: number | undefined;
  /** How much a word that the base has not weighs, of the weight of a rare one, 0 to 1. */
  unknownShare?: number | undefined;
};

/** Both of them set. */
export type SetThresholds = { minConfidence: number; unknownShare: number };

/** Thresholds that were found on an account's questions, with the version of the weights they were found under. */
export type FoundThresholds = AnswerThresholds & { confidenceVersion: number };

/** The account's own thresholds; undefined without any. */
export type ThresholdsOf = (account: { accountId: number }) => Promise<FoundThresholds | undefined>;

/** Under other weights the same figure is another certainty, so what was found under them does not count. */
export const isOutdated = (found: FoundThresholds | undefined): boolean =>
  found !== undefined && found.confidenceVersion !== CONFIDENCE_VERSION;

/** The thresholds that count today. */
export const validThresholds = (found: FoundThresholds | undefined): AnswerThresholds =>
  found === undefined || isOutdated(found) ? {} : found;

/** Both thresholds: the given ones, else the built-in ones. */
export function thresholdsWith({
  minConfidence = MIN_CONFIDENCE,
  unknownShare = UNKNOWN_SHARE_OF_COVERAGE,
}: AnswerThresholds): SetThresholds {
  return { minConfidence, unknownShare };
}

/** A common word of a small base is rare in the world, so rarity is only half of a word's weight. */
const EVEN_SHARE = 0.5;

/**
 * The words as they count for a quotation: by kind of word, by rarity, unknown ones by the threshold, those of another
 * sentence than the one that asks for less.
 */
export function weighForCoverage(
  asked: readonly AskedTerm[],
  { unknownShare, question }: { unknownShare: number; question: string },
): AskedTerm[] {
  const rarest = Math.max(0, ...asked.map(({ mass }) => mass));
  const setting = settingWords(question);
  return asked.map((term) => {
    const share = term.kind === 'unknown' ? unknownShare / UNKNOWN_SHARE : 1;
    const even = EVEN_SHARE * rarest + (1 - EVEN_SHARE) * term.mass * share;
    const isSetting = setting.has(term.word);
    return { ...term, isSetting, mass: even * classShare(term) * (isSetting ? SETTING_SHARE : 1) };
  });
}
