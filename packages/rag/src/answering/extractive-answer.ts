import type { AskedTerm } from '../retrieval/term-weights.ts';
import { closenessIn, coverageOf, union } from './coverage.ts';
import { quoteStretch, type StemmedSentence } from './quote-stretch.ts';

/** A passage with the lexemes of its parts, as the index has them. */
export type StemmedPassage = {
  text: string;
  heading: ReadonlySet<string>;
  /** Of the last of its headings alone: the title is the same for the whole document. */
  ownHeading: ReadonlySet<string>;
  /** Of a pair's question; null for running text. */
  question: ReadonlySet<string> | null;
  sentences: readonly StemmedSentence[];
};

export type Extract = {
  /** Indexes of the passages that are quoted. */
  passages: number[];
  text: string;
  /** Share of what was asked that is covered, by weight of the words; from 0 to 1. */
  coverage: number;
  /** Of the passages that are quoted. */
  lexemes: ReadonlySet<string>;
};

/** Below it too much of the question is about something else. Tuned on the sample shop's questions. */
export const MIN_COVERAGE = 0.5;
/** How much a pair whose question is the buyer's own is preferred to running text that covers as much. */
const PAIR_BONUS = 0.25;
/** The heading names the subject; the words of a text may only touch it. */
const HEADING_BONUS = 0.35;
/** A second question without a mark between is answered by a passage whose very subject it is. */
const MIN_SECOND_SHARE = 0.25;
const MIN_SECOND_COVERAGE = 0.75;
/** The passage that answers the turn as a whole is preferred for each of its questions. */
const WHOLE_BONUS = 0.1;

/** The best quotation for a turn, with its confidence; undefined when no passage has any of the words. */
export function extractAnswer({
  asked,
  groups = [[...asked]],
  passages,
}: {
  asked: readonly AskedTerm[];
  /** The asked words of each question in the turn. */
  groups?: readonly (readonly AskedTerm[])[] | undefined;
  passages: readonly StemmedPassage[];
}): Extract | undefined {
  const best = bestPassage(asked, passages);
  if (best === undefined) return undefined;
  const quoted =
    groups.length > 1
      ? groups.flatMap((group) => quoteFor(group, bestPassage(group, passages, best.index)))
      : [...quoteFor(asked, best), ...secondPassage({ asked, best, passages })];
  const chosen = [...Map.groupBy(quoted, ({ index }) => index).values()].flatMap((ofPassage) => {
    const [one] = ofPassage;
    const group = ofPassage.flatMap((each) => each.group);
    // A question that nothing answers adds no quotation, which lowers the confidence in the whole.
    if (one === undefined || (quoted.length > 1 && coverageOf(group, one.everything) < MIN_COVERAGE))
      return [];
    return [{ ...one, text: quote(group, one.passage) }];
  });
  const lexemes = union(chosen.map(({ everything }) => everything));
  return {
    passages: chosen.map(({ index }) => index),
    text: chosen.map(({ text }) => text).join('\n\n'),
    coverage: coverageOf(asked, lexemes),
    lexemes,
  };
}

type Found = { index: number; passage: StemmedPassage; everything: ReadonlySet<string> };
type Quoted = Found & { group: readonly AskedTerm[] };

const quoteFor = (group: readonly AskedTerm[], found: Found | undefined): Quoted[] =>
  found === undefined ? [] : [{ ...found, group }];

function bestPassage(
  asked: readonly AskedTerm[],
  passages: readonly StemmedPassage[],
  preferred?: number,
): (Found & { coverage: number }) | undefined {
  const scored = passages.map((passage, index) => {
    const { heading, ownHeading, question, sentences } = passage;
    const everything = union([heading, question ?? new Set(), ...sentences.map(({ lexemes }) => lexemes)]);
    const coverage = coverageOf(asked, everything);
    const pairBonus = question === null ? 0 : PAIR_BONUS * matchOfQuestion(asked, question);
    const headingBonus = HEADING_BONUS * coverageOf(asked, ownHeading);
    const wholeBonus = index === preferred ? WHOLE_BONUS : 0;
    return { index, passage, everything, coverage, score: coverage + pairBonus + headingBonus + wholeBonus };
  });
  // The ranking of the search decides between equals.
  const [best] = scored.toSorted((a, b) => b.score - a.score || a.index - b.index);
  return best === undefined || best.coverage === 0 ? undefined : best;
}

/** For what the first passage leaves open, when that is much and another passage is about it. */
function secondPassage({
  asked,
  best,
  passages,
}: {
  asked: readonly AskedTerm[];
  best: Found;
  passages: readonly StemmedPassage[];
}): Quoted[] {
  const rest = asked.filter((term) => closenessIn(term, best.everything) === 0);
  const massOf = (terms: readonly AskedTerm[]) => terms.reduce((sum, { mass }) => sum + mass, 0);
  if (massOf(rest) < MIN_SECOND_SHARE * massOf(asked)) return [];
  const second = bestPassage(rest, passages);
  if (second === undefined) return [];
  const { question, ownHeading } = second.passage;
  return coverageOf(rest, question ?? ownHeading) >= MIN_SECOND_COVERAGE ? quoteFor(rest, second) : [];
}

/** How much of a pair's question was asked. */
function matchOfQuestion(asked: readonly AskedTerm[], question: ReadonlySet<string>): number {
  const known = new Set(asked.flatMap(({ terms }) => terms.map(({ lexeme }) => lexeme)));
  return question.size === 0 ? 0 : [...question].filter((lexeme) => known.has(lexeme)).length / question.size;
}

/** A pair's answer as it stands; of running text the sentences that matter. */
function quote(asked: readonly AskedTerm[], { text, question, sentences }: StemmedPassage): string {
  return question === null ? quoteStretch({ text, sentences, asked }) : text;
}
