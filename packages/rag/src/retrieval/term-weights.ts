import type { SearchTerm, VocabularyLookup, WordLookup } from '../ports.ts';
import { editSimilarity } from './edit-similarity.ts';
import { kinship } from './kinship.ts';
import { type QuestionWord, OTHER_FORM } from './question-words.ts';

type WeighedTerm = { lexeme: string; closeness: number; idf: number };

/** One word of the question as the base sees it. */
export type AskedTerm = {
  slot: number;
  word: string;
  /** How much the word says: its inverse document frequency; of a word that the base has not, a share of the highest. */
  mass: number;
  /** Found as it is, as another word for the same, as a similarly written one, or not at all. */
  kind: 'known' | 'synonym' | 'repaired' | 'unknown';
  terms: readonly WeighedTerm[];
  /** Stands beside what is asked, in a sentence that asks nothing. */
  isSetting?: boolean | undefined;
};

/** The rarest words of a question give the same ranking as all of them, at a fraction of the cost. */
const SEARCHED_WORDS = 10;
/** Beyond so many the commonest words are left out: reading more takes tens of milliseconds and says next to nothing. */
const MOST_POSTINGS = 300_000;
const REPAIRS_PER_WORD = 3;
/** Where the base uses the buyer's own word, other words for it matter less. */
const BESIDE_KNOWN = 0.5;
/**
 * A word that the base has not weighs less than its rarity says: buyers wrap questions in words that no base has, and a
 * question about something else lacks several.
 */
export const UNKNOWN_SHARE = 0.7;
/** Two letters of five may be wrong; beyond that a repair is a guess. */
const MIN_EDIT_SIMILARITY = 0.6;

/** BM25's inverse document frequency; never negative. */
function inverseFrequency({ chunks, chunkCount }: { chunks: number; chunkCount: number }): number {
  return Math.log(1 + (Math.max(chunkCount - chunks, 0) + 0.5) / (chunks + 0.5));
}

/** Weighs the words of a question by what the base's vocabulary knows of them. Stop words drop out. */
export function weighTerms({
  words,
  lookup,
}: {
  words: readonly QuestionWord[];
  lookup: VocabularyLookup;
}): AskedTerm[] {
  const { chunkCount } = lookup;
  const bySlot = Map.groupBy(
    words.map((word, index) => ({ ...word, found: lookup.words[index] })),
    ({ slot }) => slot,
  );
  const weigh = (candidate: { lexeme: string; chunks: number }, closeness: number): WeighedTerm => ({
    lexeme: candidate.lexeme,
    closeness,
    idf: inverseFrequency({ chunks: candidate.chunks, chunkCount }),
  });
  return [...bySlot].flatMap(([slot, variants]) => {
    const own = variants.find(({ closeness }) => closeness === 1);
    if (own?.found === undefined || own.found.lexemes.length === 0) return [];
    const same = sameWords(own.found).map((candidate) => weigh(candidate, 1));
    const [guesses, synonyms] = [true, false].map((isGuess) =>
      variants
        .filter((variant) => variant !== own && variant.isGuess === isGuess)
        .flatMap(({ found, closeness }) =>
          (found ? sameWords(found) : []).map((one) => weigh(one, closeness)),
        ),
    ) as [WeighedTerm[], WeighedTerm[]];
    const isFound = same.length > 0 || synonyms.length > 0;
    const spellings = variants.filter(({ isWritten }) => isWritten);
    const repaired = isFound
      ? []
      : spellings
          .flatMap(({ found }) => (found ? repairs(found) : []))
          .map((one) => weigh(one, one.closeness))
          .concat(guesses)
          .toSorted((a, b) => b.closeness - a.closeness);
    const terms = withoutDoubles([...same, ...synonyms, ...repaired]);
    const measure = same.length > 0 ? same : terms;
    const mass =
      measure.length > 0
        ? Math.max(...measure.map(({ idf }) => idf))
        : UNKNOWN_SHARE * inverseFrequency({ chunks: 0, chunkCount });
    const kind =
      same.length > 0
        ? 'known'
        : synonyms.length > 0
          ? 'synonym'
          : repaired.length > 0
            ? 'repaired'
            : 'unknown';
    return [{ slot, word: own.word, mass, kind, terms } satisfies AskedTerm];
  });
}

const sameWords = ({ candidates }: WordLookup) => candidates.filter(({ isSame }) => isSame);

function repairs({ lexemes, candidates }: WordLookup) {
  return candidates
    .map((candidate) => ({
      ...candidate,
      closeness: Math.max(
        ...lexemes.map((lexeme) =>
          Math.max(editSimilarity(lexeme, candidate.lexeme), kinship(lexeme, candidate.lexeme)),
        ),
      ),
    }))
    .filter(({ closeness }) => closeness >= MIN_EDIT_SIMILARITY)
    .toSorted((a, b) => b.closeness - a.closeness)
    .slice(0, REPAIRS_PER_WORD);
}

/** A synonym may share its stem with the word itself: the closest stays. */
function withoutDoubles(terms: readonly WeighedTerm[]): WeighedTerm[] {
  return terms.filter((term, index) => terms.findIndex(({ lexeme }) => lexeme === term.lexeme) === index);
}

/** The terms to search: those of the words that say most, as many as the postings to read allow, one word in any case. */
export function searchTerms({
  asked,
  lookup,
}: {
  asked: readonly AskedTerm[];
  lookup: VocabularyLookup;
}): SearchTerm[] {
  const candidates = lookup.words.flatMap((word) => word.candidates);
  const postingsOf = new Map(candidates.map(({ lexeme, chunks }) => [lexeme, chunks]));
  let postings = 0;
  return asked
    .filter(({ terms }) => terms.length > 0)
    .toSorted((a, b) => b.mass - a.mass || a.slot - b.slot)
    .slice(0, SEARCHED_WORDS)
    .filter(({ terms }, rank) => {
      postings += terms.reduce((sum, { lexeme }) => sum + (postingsOf.get(lexeme) ?? 0), 0);
      return rank === 0 || postings <= MOST_POSTINGS;
    })
    .flatMap(({ slot, kind, terms }) => {
      return terms.map(({ lexeme, closeness, idf }) => ({
        slot,
        lexeme,
        weight: trustIn(closeness, kind) * idf,
      }));
    });
}

/** What another word is worth for one of the question. */
export function trustIn(closeness: number, kind: AskedTerm['kind']): number {
  return kind === 'known' && closeness < OTHER_FORM ? closeness * BESIDE_KNOWN : closeness;
}
