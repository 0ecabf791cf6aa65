import { defaultLexicon } from '../lexicon/lexicon.ts';
import { editSimilarity } from '../retrieval/edit-similarity.ts';
import { spellingVariants } from '../retrieval/spelling-variants.ts';

/** A word as it is written, with its lexemes; the same word in another case has the same ones. */
type Word = { word: string; stems: readonly string[] };

/** Words that may be left out or put in; „из“, „без“ and „до“ may not. */
const NEUTRAL = /^(на|во|со|ко|это|этот|эта|эту|этой|этого|тут|там|есть|имеется|имеются|сейчас)$/u;
const DIGIT = /\p{N}/u;
/** In shorter words one letter more or less makes another word. */
const SHORTEST_SLIP = 5;
/** Two letters that have changed places are a slip in shorter ones, too; so is one that lacks in a word that is known. */
const SHORTEST_SURE = 4;
/** „Печка“ and „речка“, „почка“ and „точка“: in short words, and at the beginning, a letter is seldom put for another one. */
const SHORTEST_REPLACED = 6;

const NOT = /(?<!\p{L})не(?!\p{L})/iu;
/** „Не подскажете“ denies nothing. */
const POLITE_NOT = /(?<!\p{L})не (?:подскаж|скаж|мог|знае|против|сложно|трудно|затруднит|в курсе)\p{L}*/giu;

/** „Можно не снимать обои?“, which folded is „можно снимать обои?“ */
export const asksToLeaveOut = (question: string): boolean => NOT.test(question.replaceAll(POLITE_NOT, ''));

/** The words of a folded question by which it is compared. */
export const comparedWords = (folded: string): string[] => folded.split(' ').filter((word) => word !== '');

const isKnown = (word: string) => defaultLexicon.thingsOf(word).length > 0;

/** Two words that everybody knows, and that mean two things: „плита“ and „плитка“. */
function areTwoThings(one: string, other: string): boolean {
  const [ours, theirs] = [one, other].map((word) => defaultLexicon.thingsOf(word));
  if (ours === undefined || theirs === undefined || ours.length === 0 || theirs.length === 0) return false;
  return !ours.some((thing) => theirs.includes(thing));
}

const withoutDoubles = (word: string) => word.replaceAll(/(\p{L})\1+/gu, '$1');
const lettersOf = (word: string) => Array.from(word).toSorted().join('');

function isSlip(one: string, other: string): boolean {
  if (areTwoThings(one, other)) return false;
  if (withoutDoubles(one) === withoutDoubles(other)) return true;
  const [shorter = '', longer = ''] = [one, other].toSorted((a, b) => a.length - b.length);
  if (shorter.length < SHORTEST_SURE) return false;
  if (Math.round((1 - editSimilarity(one, other)) * longer.length) === 1) {
    if (lettersOf(one) === lettersOf(other)) return true;
    // „Айфн“ is nothing, „айфон“ is something: then fewer letters tell enough.
    const isSurer = isKnown(one) !== isKnown(other);
    const shortest = isSurer ? SHORTEST_SURE : SHORTEST_SLIP;
    if (shorter.length >= shortest && shorter.length < longer.length) return true;
    if (shorter.length >= SHORTEST_REPLACED && shorter.length === longer.length && one[0] === other[0])
      return true;
  }
  if (shorter.length < SHORTEST_SLIP) return false;
  return spellingVariants(one).includes(other) || spellingVariants(other).includes(one);
}

function isSameWord(one: Word, other: Word): boolean {
  if (one.word === other.word) return true;
  // A digit that is another one is never a slip: „R18“ is no „R16“.
  if (DIGIT.test(one.word + other.word)) return false;
  return one.stems.some((stem) => other.stems.includes(stem)) || isSlip(one.word, other.word);
}

/**
 * The words by which two folded questions that are written nearly alike ask two things: „доставка в Казань“ and „доставка
 * в Рязань“, „R16“ and „R18“. None where they differ in endings, order and slips only. Letters alone cannot tell: one
 * other digit in a long question changes less of it than a slip does.
 */
export function differingWords({
  asked,
  known,
  stemsOf,
}: {
  asked: string;
  known: string;
  stemsOf: (word: string) => readonly string[];
}): string[] {
  const [ours = [], theirs = []] = [asked, known].map((folded) =>
    comparedWords(folded).map((word): Word => ({ word, stems: stemsOf(word) })),
  );
  const lacking = (some: readonly Word[], others: readonly Word[]) =>
    some
      .filter((one) => !NEUTRAL.test(one.word) && !others.some((other) => isSameWord(one, other)))
      .map(({ word }) => word);
  const numbersOf = (words: readonly Word[]) => words.flatMap(({ word }) => (DIGIT.test(word) ? [word] : []));
  const differing = [...lacking(ours, theirs), ...lacking(theirs, ours)];
  // „2 по 5“ is not „5 по 5“, although each number of the second stands in the first.
  const isOtherCount = numbersOf(ours).toSorted().join(' ') !== numbersOf(theirs).toSorted().join(' ');
  return [...new Set(isOtherCount && differing.length === 0 ? numbersOf(ours) : differing)];
}
