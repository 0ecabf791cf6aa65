import { isLight } from '../lexicon/light-words.ts';
import { isSaidIn, sayings } from './agreed-things.ts';
import { isOurDeed } from './deeds.ts';
import { affirmedParts } from './promises.ts';
import type { Ground } from './read-ground.ts';
import { isAdjective, isThing } from './unknown-things.ts';
import { allNamesIn, codesIn, isOtherCode, isSameWord, tellingWords } from './words.ts';

// „Кафе есть“, „в наличии красный“
const EXISTS =
  /(?<!\p{L})(?:(?<!(?:то|как) )есть(?! ли)|име(?:ется|ются|ем)|быва(?:ет|ют)|найд(?:[её]тся|утся)|в наличии|в продаже|в ассортименте)(?!\p{L})/iu;
const WORD = /\p{L}+/gu;
const CLAUSE = /[,;:()—–\n]|\s(?:но|а|зато)\s/u;
// What it says holds where something else does.
const CASE = /(?<!\p{L})(?:если|когда|пока|чтобы|котор\p{L}+|где)(?!\p{L})/iu;
// „Работаем“, „ждём“, „уточним“ say of no thing that it is here.
const OF_US =
  /^(?:работа|находи|распол|жд[её]м|буд[её]м|мож[её]м|смож|переда|ответ|сообщ|уточн|рекоменд|совету|наде|понима|благодар|прос|зна|говор|счита|дума|стара|стрем|люб|отправля|подска|напо)/iu;
// „Под разгрузкой“, „для гостей“: what goes with the thing, which buyer and seller may each word as they like.
const ALONG =
  /(?<!\p{L})(?:в|во|к|ко|для|на|с|со|при|по|из|от|до|у|около|возле|под|над|о|об|за)\s+(?:\p{L}+(?:ый|ий|ую|юю|ой|ей|ом|ем|ым|им|ые|ие|их|ых|ого|его|ому|ему|ыми|ими)\s+)?\p{L}+/giu;
// What there is of anything.
const ANY =
  /^(?:мест(?:о|а)|выбор|вариант|возможност|модел|размер|услуг|ассортимент|предложени|комплект|опци|формат|вид(?:ы|ов)?$|част(?:ь|и)$)/u;
const LONGEST_ITEM = 3;

const isListed = (clause: string) =>
  !/\d/.test(clause) &&
  !EXISTS.test(clause) &&
  !ourDeedsIn(clause) &&
  !(clause.match(WORD) ?? []).some((word) => /(?:[её]т|[иуюя]т|ть)(?:ся)?$/u.test(word)) &&
  tellingWords(clause).length <= LONGEST_ITEM;
const ourDeedsIn = (clause: string) =>
  (clause.match(WORD) ?? []).some((word) => isOurDeed(word) && !OF_US.test(word));

function whileListed(clauses: readonly string[]): readonly string[] {
  const end = clauses.findIndex((clause) => !isListed(clause));
  return end < 0 ? clauses : clauses.slice(0, end);
}

/** The clauses of a sentence that say that something is there, or is done by us, with the lists that they are part of. */
function claimedIn(sentence: string): string[] {
  const clauses = sentence.split(CLAUSE);
  return clauses.flatMap((clause, place) => {
    const exists = EXISTS.test(clause);
    if (CASE.test(clause) || !(exists || ourDeedsIn(clause))) return [];
    const before = exists ? whileListed(clauses.slice(0, place).toReversed()) : [];
    return [[...before, clause, ...whileListed(clauses.slice(place + 1))].join(', ')];
  });
}

/**
 * Things of which an answer says that they are to be had, and of which no source has a word: „да, у нас есть кафе“. What
 * the buyer asks for in several words („красные розы“) one sentence of theirs must have a word of each.
 */
export function unknownThings({
  sentences,
  question,
  grounds,
}: {
  sentences: readonly string[];
  question: string;
  grounds: readonly Ground[];
}): string[] {
  const asked = tellingWords(question);
  const isAsked = (word: string) => asked.some((each) => isSameWord(each, word));
  const claims = sentences
    .filter((sentence) => !sentence.trimEnd().endsWith('?'))
    .flatMap((sentence) => claimedIn(affirmedParts(sentence)));
  return claims.flatMap((claim) => {
    const said = tellingWords(claim.replaceAll(ALONG, ' ')).filter((word) => !ANY.test(word));
    const named = said.filter(isNamed);
    // „Есть красный“
    const own = named.length > 0 || !EXISTS.test(claim) ? named : said.filter(isAdjective);
    const his = tellingWords(claim).filter((word) => isAsked(word) && (isNamed(word) || isAdjective(word)));
    const things = sayings([...new Set([...own, ...his])].join(' '));
    const unknown = things.find((each) => !grounds.some(({ words }) => isSaidIn(each, words)));
    if (unknown !== undefined) return [unknown.word];
    const together = sayings(his.join(' '));
    const isTold = grounds.some(({ about, affirmed }) =>
      affirmed.some((each) => {
        const words = allNamesIn(`${about} ${each}`);
        return together.every((word) => isSaidIn(word, words));
      }),
    );
    return isTold ? unknownCodes(claim, grounds) : [together.map(({ word }) => word).join(' ')];
  });
}

const isNamed = (word: string) => isThing(word) || (!isLight(word) && /^\p{Script=Latin}{2,}$/u.test(word));

/** „М400“ where they name M200 and M300. */
function unknownCodes(claim: string, grounds: readonly Ground[]): string[] {
  const known = grounds.flatMap(({ words, statements }) => [
    ...words,
    ...statements.flatMap((each) => each.words),
  ]);
  return codesIn(tellingWords(claim)).filter((code) => isOtherCode([code], known));
}
