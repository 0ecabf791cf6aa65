import type { AskedTerm } from '../retrieval/term-weights.ts';

/** A passage with the lexemes of its parts, as the index has them. */
export type StemmedPassage = {
  text: string;
  heading: ReadonlySet<string>;
  /** Of the last of its headings alone: the title is the same for the whole document. */
  ownHeading: ReadonlySet<string>;
  /** Of a pair's question; null for running text. */
  question: ReadonlySet<string> | null;
  sentences: readonly { text: string; lexemes: ReadonlySet<string> }[];
};

export type Extract = {
  /** Index of the passage that is quoted. */
  passage: number;
  text: string;
  /** Share of what was asked that the passage covers, by weight of the words; from 0 to 1. */
  coverage: number;
};

/** Below it too much of the question is about something else. Tuned on the sample shop's questions. */
export const MIN_COVERAGE = 0.47;
const QUOTE_LENGTH = 320;
/** How much a pair whose question is the buyer's own is preferred to running text that covers as much. */
const PAIR_BONUS = 0.25;
/** The heading names the subject; the words of a text may only touch it. */
const HEADING_BONUS = 0.35;

/** The best quotation for a question, with its confidence; undefined when no passage has any of the words. */
export function extractAnswer({
  asked,
  passages,
}: {
  asked: readonly AskedTerm[];
  passages: readonly StemmedPassage[];
}): Extract | undefined {
  const scored = passages.map((passage, index) => {
    const everything = union([passage.heading, passage.question ?? new Set(), ...lexemesOf(passage)]);
    const coverage = coverageOf(asked, everything);
    const pairBonus = passage.question === null ? 0 : PAIR_BONUS * matchOfQuestion(asked, passage.question);
    const headingBonus = HEADING_BONUS * coverageOf(asked, passage.ownHeading);
    return { index, passage, coverage, score: coverage + pairBonus + headingBonus };
  });
  // The ranking of the search decides between equals.
  const [best] = scored.toSorted((a, b) => b.score - a.score || a.index - b.index);
  if (best === undefined || best.coverage === 0) return undefined;
  return { passage: best.index, text: quote(asked, best.passage), coverage: best.coverage };
}

/** By weight, so that a rare word that is missing counts for more than a common one that is there. */
function coverageOf(asked: readonly AskedTerm[], lexemes: ReadonlySet<string>): number {
  const total = asked.reduce((sum, { mass }) => sum + mass, 0);
  const covered = asked.reduce((sum, term) => sum + term.mass * closenessIn(term, lexemes), 0);
  return total === 0 ? 0 : covered / total;
}

function closenessIn({ terms }: AskedTerm, lexemes: ReadonlySet<string>): number {
  return Math.max(0, ...terms.filter(({ lexeme }) => lexemes.has(lexeme)).map(({ closeness }) => closeness));
}

/** How much of a pair's question was asked. */
function matchOfQuestion(asked: readonly AskedTerm[], question: ReadonlySet<string>): number {
  const known = new Set(asked.flatMap(({ terms }) => terms.map(({ lexeme }) => lexeme)));
  return question.size === 0 ? 0 : [...question].filter((lexeme) => known.has(lexeme)).length / question.size;
}

/** A pair's answer as it stands; of running text the stretch of sentences that covers most, and what follows it. */
function quote(asked: readonly AskedTerm[], { text, question, sentences }: StemmedPassage): string {
  if (question !== null || text.length <= QUOTE_LENGTH) return text;
  const stretches = sentences.map((_, start) => {
    const lines = stretchFrom(sentences, start);
    return { start, lines, coverage: coverageOf(asked, union(lines.map(({ lexemes }) => lexemes))) };
  });
  // Of equal stretches the one that starts with the matching sentence, which is the last of them.
  const best = Math.max(...stretches.map(({ coverage }) => coverage));
  const chosen = best === 0 ? stretches[0] : stretches.findLast(({ coverage }) => coverage === best);
  return joinSentences((chosen?.lines ?? []).map(({ text }) => text));
}

function stretchFrom(sentences: StemmedPassage['sentences'], start: number): StemmedPassage['sentences'] {
  let length = 0;
  const end = sentences.findIndex(({ text }, index) => {
    if (index < start) return false;
    length += text.length + 1;
    return length > QUOTE_LENGTH && index > start;
  });
  return sentences.slice(start, end < 0 ? undefined : end);
}

/** List entries keep their lines. */
function joinSentences(sentences: readonly string[]): string {
  return sentences.reduce(
    (text, sentence) =>
      text === '' ? sentence : `${text}${sentence.startsWith('– ') ? '\n' : ' '}${sentence}`,
    '',
  );
}

const lexemesOf = ({ sentences }: StemmedPassage) => sentences.map(({ lexemes }) => lexemes);

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}
