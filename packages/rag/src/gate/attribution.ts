import { isOfMeasure, isSameReach } from './bounds.ts';
import { foldedWords } from '../text/normalize.ts';
import { once } from './once.ts';
import type { Quantity } from './quantities.ts';
import type { Statement } from './statements.ts';
import { isAdjectival, isOfPrice, isOfUnknownThing, isThing } from './unknown-things.ts';
import { codesIn, isOfDays, isOtherCode, isOtherDay, isSameWord } from './words.ts';

const OTHER_DAYS = /(?<!\p{L})(?:остальн|друг|проч)\p{L}* дн/iu;
const DAY_MINUTES = 1_440;
/** Days, months and years; hours and minutes are how long something takes. */
export const isInDays = ({ unit, amount = 0 }: Quantity) =>
  unit === 'months' || (unit === 'minutes' && amount >= DAY_MINUTES);
export const isTime = ({ unit }: Quantity) => unit === 'months' || unit === 'minutes';
// Prices and terms are of a thing.
const isToldOfThings = (quantity: Quantity) => quantity.unit === 'rub' || isInDays(quantity);

/**
 * Whether a number that the sources hold is said there of what the answer says it of. „Замена экрана стоит 490 ₽“ is no
 * less untrue for 490 ₽ being the price of the delivery.
 *
 * A place that holds the number (`own`) is compared with places that hold another amount of the same kind (`rivals`). The
 * number is somebody else's when no own place shares a word with the claim and a rival does; when each own place names
 * another of a kind („R16“ for „R18“); or when a rival shares all words that the own place shares, and more.
 */
export function isOfSomethingElse({
  claim,
  own,
  rivals,
  vocabulary,
  asked,
  isAlone,
}: {
  claim: Statement;
  own: readonly Statement[];
  rivals: readonly Statement[];
  /** All words of the sources. */
  vocabulary: readonly string[];
  /** Of the buyer's question: what the claim is about where it does not say so itself. */
  asked: readonly string[];
  /** It is the only amount of its kind in its sentence. */
  isAlone: boolean;
}): boolean {
  // „Такого размера (5–12 см) — …“: what it holds for tells which.
  if (
    own.some((place) => isOfSameReach(claim, place)) &&
    !rivals.some((place) => isOfSameReach(claim, place))
  )
    return false;
  const isKnown = (word: string) => vocabulary.some((known) => isSameWord(known, word));
  if (isToldOfThings(claim.quantity) && isOfUnknownThing({ claim, places: own, isKnown, asked })) return true;
  const ofThings = claim.words.filter((word) => !isOfPrice(word));
  const clause = ofThings.filter(isKnown);
  const sentence = claim.sentence.words.filter(isKnown);
  // „2 200 ₽ за сутки и залог 3 000 ₽“: a clause without a word is of what was asked, not of what stands behind it.
  const isUnsaid = claim.words.length === 0 && asked.some(isKnown);
  const named = clause.length > 0 || isUnsaid ? clause : sentence;
  const isByQuestion = named.length === 0;
  const words = isByQuestion ? asked.filter(isKnown) : named;
  if (words.length === 0) return false;

  const codes = [claim.words, claim.sentence.words, asked].find((each) => codesIn(each).length > 0);
  // „В остальные дни“ are none of those that were asked about.
  const isOfOthers = OTHER_DAYS.test(claim.sentence.text);
  const isOfOwnDays = [claim.words, claim.sentence.words].some(isOfDays);
  const days = isOfOthers ? [] : isOfOwnDays ? claim.words : asked;
  const possible = own.filter(({ words: near, sentence: wide }) => {
    const theirs = codesIn(near).length > 0 ? near : wide.words;
    return (
      (codes === undefined || !isOtherCode(codes, theirs)) &&
      !isOtherDay(days, near) &&
      !claim.words.some((word) => isOfWhatHas(word, near))
    );
  });
  if (possible.length === 0) return true;

  const shares = possible.map((place) => sharedWords(words, place));
  const best = Math.max(...shares.map((shared) => shared.size));
  const rivalShares = rivals.map((place) => ({ place, shared: sharedWords(words, place) }));
  if (best === 0) {
    // „3 500 ₽ за комплект“: the question may say what the number is of.
    const others = rivalShares.filter(({ shared }) => shared.size > 0);
    const most = Math.max(1, ...others.map(({ place }) => sharedWords(asked, place).size));
    const isAsked = !isByQuestion && possible.some((place) => sharedWords(asked, place).size >= most);
    // Of things that the sources know, and never say a price of.
    const isOfKnown = claim.quantity.unit === 'rub' && clause.length > 0 && clause.length === ofThings.length;
    return !isAsked && (isOfKnown || others.length > 0);
  }
  if (isByQuestion) return false;
  // „Рабица, 950 ₽ при высоте 1,5 м“: where a sentence says one price, all of it tells which.
  const beside = isAlone ? sentence : clause;
  // „Гарантия“ stands above „храним 1 месяц“ too: it is that of „гарантия 14 дней“.
  const isOnlyByHeading = possible.every((place) => isByHeading([...words, ...beside], place));
  const { quantity } = claim;
  const isOfThing = quantity.unit === 'rub' || isTime(quantity);
  if (isOfThing && isOnlyByHeading && !rivals.every((rival) => isByHeading(words, rival))) return true;
  // A word that no source knows may be another name for what the own place calls its thing.
  const unknown = new Set(claim.words.filter((word) => !isKnown(word))).size;
  const said = once(() => foldedWords(claim.sentence.text));
  return possible.every((place, index) => {
    const mine = shares[index] ?? new Set<string>();
    return rivalShares.some(({ place: rival, shared }) => {
      if (rival.sentence === place.sentence && claim.isInherited) return false;
      if (rival.sentence === place.sentence) return isNearer({ said, clause: beside, place, rival, asked });
      return shared.size > mine.size + unknown && [...mine].every((word) => shared.has(word));
    });
  });
}

const LACKING = /^без(.{3,})$/u;
/** „Без замка“ is none of what is said „с замком“. */
function isOfWhatHas(word: string, near: readonly string[]): boolean {
  const [, lacked] = LACKING.exec(word) ?? [];
  const isIn = (which: string) => near.some((other) => isSameWord(other, which));
  return lacked !== undefined && isIn(lacked) && !isIn(word);
}

const OTHER = /^(?:(?:друг|ин|остальн)\p{L}{2,3}|время)$/u;
const namesOne = (word: string) =>
  !OTHER.test(word) && (isThing(word) || isAdjectival(word) || /\d/.test(word));

const isOfSameReach = ({ bounds }: Statement, place: Statement) =>
  bounds.some(
    (each) =>
      each.isRange &&
      Number.isFinite(each.most) &&
      each.least > 0 &&
      place.bounds.some((theirs) => isOfMeasure(each, theirs) && isSameReach(each, theirs)),
  );

/** Within one sentence only the clause tells: the own one shares nothing with the claim, the rival's does. */
function isNearer({
  said,
  clause,
  place,
  rival,
  asked,
}: {
  /** All words of the claim's sentence. */
  said: () => readonly string[];
  clause: readonly string[];
  asked: readonly string[];
  place: Statement;
  rival: Statement;
}): boolean {
  // Of one row of a table, the column tells.
  if (place.column !== undefined && rival.column !== undefined)
    return isOfColumn(said(), rival.column) && !isOfColumn(said(), place.column);
  const telling = clause.filter((word) => !/^\d+$/u.test(word));
  const isTold = (word: string) => telling.some((each) => isSameWord(each, word));
  const shares = ({ words }: Statement) =>
    telling.some((word) => words.some((each) => isSameWord(each, word)));
  // „Зазор 3 см, можно сделать другой, от 2 до 5 см“: what names no thing is of the one named before.
  // „Угловой сколько?“ – „Диван 4 200 ₽“
  const isAsked = ({ words }: Statement) =>
    asked.some((word) => !/^\d+$/u.test(word) && words.some((each) => isSameWord(each, word)));
  if (!shares(place) && isAsked(place) && !isAsked(rival)) return false;
  if (!shares(place)) return shares(rival) && (place.words.length === 0 || place.words.some(namesOne));
  // „Гарантия на ремонт 6 месяцев, на детали 3“: „гарантия на детали“ is the later one, which it names in full.
  const isOwn = (word: string) => place.words.some((each) => isSameWord(each, word));
  // What both have, such as the days of two timetables, tells neither.
  const theirs = rival.words.filter((word) => !/^\d+$/u.test(word) && !isOwn(word));
  // „Вместе с новой прокладкой“: of several words one that is no thing may be left out.
  const named = theirs.filter(isTold).length;
  const isNamedInFull =
    named === theirs.length ||
    (named > 1 && named === theirs.length - 1 && theirs.every((word) => isTold(word) || !isThing(word)));
  return rival.clause > place.clause && theirs.length > 0 && isNamedInFull;
}

/** „День“, „3 часа“: all that stands above a column is said. */
const isOfColumn = (said: readonly string[], column: readonly string[]) =>
  column.length > 0 && column.every((word) => said.some((each) => isSameWord(each, word)));

/** Whether nothing but what stands above a place speaks of the words. */
const isByHeading = (words: readonly string[], { words: near, sentence }: Statement) =>
  !words.some((word) => [...near, ...sentence.words].some((each) => isSameWord(each, word)));

function sharedWords(words: readonly string[], { words: near, sentence }: Statement): Set<string> {
  const theirs = [...near, ...sentence.words, ...sentence.about];
  return new Set(words.filter((word) => theirs.some((each) => isSameWord(each, word))));
}
