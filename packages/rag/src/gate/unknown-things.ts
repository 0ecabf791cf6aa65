import { defaultLexicon } from '../lexicon/lexicon.ts';
import { isLight } from '../lexicon/light-words.ts';
import type { Statement } from './statements.ts';
import { codesIn, isSameWord } from './words.ts';

// „Почистим“, „стоит“; „детская“: what is done with a thing and what it is like name none.
const VERB = /(?:[еиё]м|[еий]те|[аеиуюя]ть|йти|[её]зти|[её]т|ит|ят|[ую]т|[аеи]л[аои]?)(?:ся)?$/u;
const ADJECTIVE = /(?:ый|ий|[ая]я|ое|ее|ые|(?<!н)ие|ого|его|ому|ему|ым|ых|их|[ую]ю|[ое]й)$/u;
// „Собакой“, „почтой“, „машиной“ end as „красной“ does; before that ending adjectives have other letters.
const NOUN_LIKE_ADJECTIVE = /(?:[аиуы]к|[бвйлнптчш]к|(?<!н)ин|[аеоиуыя][дт]|[рч]т)ой$/u;
// What a price is more or less by.
const OF_PRICE = /^(?:доплат|надбавк|наценк|тариф|расцен|прайс|ценник|дешевл|дорож|вместо)/u;
export const isOfPrice = (word: string) => OF_PRICE.test(word);
const LATIN = /^\p{Script=Latin}{2,}$/u;
const SHORTEST = 3;
/** Whether a word names a thing, by its shape; one of another language may be another name for a thing of the sources. */
export const isThing = (word: string) =>
  /^\p{Script=Cyrillic}+$/u.test(word) &&
  word.length >= SHORTEST &&
  !VERB.test(word) &&
  (!ADJECTIVE.test(word) || NOUN_LIKE_ADJECTIVE.test(word)) &&
  !OF_PRICE.test(word) &&
  !isLight(word) &&
  codesIn([word]).length === 0;

export const isAdjectival = (word: string) => ADJECTIVE.test(word);
export const isAdjective = (word: string) => isAdjectival(word) && !isLight(word);

/**
 * Whether a number is said of a thing that its sources do not know: „тостер — 700 ₽“ where 700 ₽ is the diagnosis. Another
 * word for what a source names („софа“ for „диван“) is known by the lexicon. Beside a word that is known, only what the
 * buyer asked for too counts, as it stands: „чистка тостера“.
 */
export function isOfUnknownThing({
  claim,
  places,
  isKnown,
  asked,
}: {
  claim: Statement;
  /** Where the sources say the number. */
  places: readonly Statement[];
  isKnown: (word: string) => boolean;
  asked: readonly string[];
}): boolean {
  const unknown = claim.words.filter((word) => !isKnown(word) && isThing(word));
  if (unknown.length === 0) return false;
  const isAlone = ![...claim.words, ...claim.sentence.words].some(
    (word) => isKnown(word) && (isThing(word) || LATIN.test(word)),
  );
  const isPrice = claim.quantity.unit === 'rub';
  const theirs = new Set(
    places
      .flatMap(({ words, sentence }) => [...words, ...sentence.words, ...sentence.about])
      .flatMap((word) => [...defaultLexicon.thingsOf(word)]),
  );
  return unknown.some((word) => {
    const things = defaultLexicon.thingsOf(word);
    if (things.some((thing) => theirs.has(thing))) return false;
    const isAsked = asked.some((each) => isSameWord(each, word));
    return isAlone && isPrice ? isAsked || things.length > 0 : isAsked && (isAlone || things.length > 0);
  });
}
