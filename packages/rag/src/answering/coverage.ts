import { defaultLexicon } from '../lexicon/lexicon.ts';
import { OTHER_FORM, SAME_THING } from '../retrieval/question-words.ts';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import { isInRange, type NumberRange } from './number-ranges.ts';

/** A part of the base: its lexemes as the index has them, the things of the lexicon that its words name, its ranges. */
export type Part = {
  lexemes: ReadonlySet<string>;
  things: ReadonlySet<number>;
  ranges: readonly NumberRange[];
};

// Two letters of five changed may be another word: good enough to search, not to be sure.
const GUESS = 0.65;
/** Where the base uses the buyer's own word, another word for it is likely meant otherwise. */
const OTHER_WORD = 0.85;
const COMPOUND = 0.9;
/** Another word that stands everywhere in the base says less; by the power of its share of the rarity. */
const COMMON = 0.3;
/** „41–47“ has a 43, though of what it does not say. */
const IN_RANGE = 0.9;
/** „Болгарка“ and „болгарок“: another form that the stemmer keeps apart. */
const FORM = 0.75;

/** The share of what was asked that a part covers: a rare word that is missing counts for more than a common one. */
export function coverageOf(asked: readonly AskedTerm[], part: Part): number {
  const total = asked.reduce((sum, { mass }) => sum + mass, 0);
  const covered = asked.reduce((sum, term) => sum + term.mass * closenessIn(term, part), 0);
  return total === 0 ? 0 : covered / total;
}

/** How well a part has a word: 1 as it is, less for another word for it or a repaired one, 0 not at all. */
export function closenessIn(
  { word, kind, terms, mass }: AskedTerm,
  { lexemes, things, ranges }: Part,
): number {
  // A word of the lexicon is spelt as it should be: what merely resembles it is another word.
  const isSpeltRight = kind === 'repaired' && defaultLexicon.thingsOf(word).length > 0;
  const isSameThing = defaultLexicon.thingsOf(word).some((thing) => things.has(thing));
  let best = Math.max(sureness(isSameThing ? SAME_THING : 0, kind), isInRange(ranges, word) ? IN_RANGE : 0);
  // Asked for every word with every sentence that was found, so it makes nothing anew.
  for (const { lexeme, closeness, idf } of terms) {
    if (lexemes.has(lexeme) && (!isSpeltRight || closeness > FORM)) {
      const rarity = closeness < OTHER_FORM && mass > 0 ? Math.min(1, idf / mass) ** COMMON : 1;
      best = Math.max(best, sureness(closeness * rarity, kind));
    }
  }
  const asCompound = sureness(COMPOUND, kind);
  return best < asCompound && isInCompound(terms, lexemes) ? asCompound : best;
}

function sureness(closeness: number, kind: AskedTerm['kind']): number {
  if (kind === 'repaired') return closeness < GUESS ? closeness / 2 : closeness;
  return kind === 'known' && closeness < OTHER_FORM ? closeness * OTHER_WORD : closeness;
}

const SHORTEST_PART = 6;

/** „Генератор“ is in „бензогенератор“, also where the base has the plain word elsewhere. */
function isInCompound(terms: AskedTerm['terms'], lexemes: ReadonlySet<string>): boolean {
  for (const { lexeme: part, closeness } of terms) {
    if (closeness < 1 || part.length < SHORTEST_PART) continue;
    for (const lexeme of lexemes) if (lexeme.length > part.length && lexeme.endsWith(part)) return true;
  }
  return false;
}

export function union(parts: readonly Part[]): Part {
  return {
    lexemes: new Set(parts.flatMap(({ lexemes }) => [...lexemes])),
    things: new Set(parts.flatMap(({ things }) => [...things])),
    ranges: parts.flatMap(({ ranges }) => ranges),
  };
}
