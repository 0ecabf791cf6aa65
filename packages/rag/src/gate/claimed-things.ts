import { isLight } from '../lexicon/light-words.ts';
import { isOurDeed } from './deeds.ts';
import { isAdjective, isThing } from './unknown-things.ts';
import { isSameWord, tellingWords } from './words.ts';

// „Кафе есть“, „в наличии красный“
export const EXISTS =
  /(?<!\p{L})(?:(?<!(?:то|как) )есть(?! ли)|име(?:ется|ются|ем)|быва(?:ет|ют)|найд(?:[её]тся|утся)|в наличии|в продаже|в ассортименте|работа(?:ет|ют)|действу(?:ет|ют)|предусмотрен[аоы]?|доступ(?:ен|на|но|ны))(?!\p{L})/iu;
const MAY = /(?<!\p{L})можно(?!\p{L})/iu;
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
  /^(?:мест(?:о|а)|выбор|вариант|возможност|модел|размер|услуг|ассортимент|предложени|комплект|опци|формат|цвет|сорт|тип(?:а|ов|ы)?$|пород|способ|разновидност|категори|глубин|ширин|высот|длин|толщин|диаметр|площад|объ[её]м|возраст|дат(?:а|у|ы|е)$|врем|заявк|заказ|рост(?!о)|вес(?:а|у|ом)?$|вид(?:ы|ов)?$|част(?:ь|и)$|пар(?:а|ы)?$|техник|товар|продукци|издели|устройств|вещ(?:ь|и|ей|ам|ами)$)/u;
const LONGEST_ITEM = 3;

const hasVerb = (clause: string) =>
  EXISTS.test(clause) ||
  ourDeedsIn(clause) ||
  (clause.match(WORD) ?? []).some((word) => /(?:[её]т|[иуюя]т|ть)(?:ся)?$/u.test(word));
// „Это выгодно“
const SAYS_OF = /^\s*(?:да\s)?это(?!\p{L})/iu;
const isListed = (clause: string) =>
  !/\d/.test(clause) &&
  !SAYS_OF.test(clause) &&
  !CASE.test(clause) &&
  !hasVerb(clause) &&
  tellingWords(clause).length <= LONGEST_ITEM;
const ourDeedsIn = (clause: string) =>
  (clause.match(WORD) ?? []).some((word) => isOurDeed(word) && !OF_US.test(word));

const YES = /^\s*(?:да|ага|угу|конечно|разумеется|безусловно)\s*$/iu;
/** Whether what follows is said to be so. */
export const BEGINS_WITH_YES = /^\s*(?:да|ага|угу|конечно|разумеется|безусловно)(?!\p{L})/iu;

function whileListed(clauses: readonly string[]): readonly string[] {
  const end = clauses.findIndex((clause) => !isListed(clause));
  return end < 0 ? clauses : clauses.slice(0, end);
}

export type Claim = {
  text: string;
  /** It says „да“ to the buyer, whose words it takes up. */
  isYes: boolean;
  /** With no word of being or doing: „да, второй зал на Мотовилихе“; or it says that the buyer may. */
  isVerbless: boolean;
};

/** The clauses of a sentence that say that something is there, or is done by us, with the lists that they are part of. */
export function claimedIn(sentence: string): Claim[] {
  const clauses = sentence.split(CLAUSE);
  const isYes = YES.test(clauses[0] ?? '');
  return clauses.flatMap((clause, place) => {
    const exists = EXISTS.test(clause);
    const isVerbless = !exists && (MAY.test(clause) || (isYes && place === 1 && !hasVerb(clause)));
    if (CASE.test(clause) || !(exists || isVerbless || ourDeedsIn(clause))) return [];
    const before = exists ? whileListed(clauses.slice(0, place).toReversed()) : [];
    const text = [...before, clause, ...whileListed(clauses.slice(place + 1))].join(', ');
    return [{ text, isYes, isVerbless }];
  });
}

// „Туалет есть“: beside „есть“ no other verb is to be expected.
const LIKE_VERB = /(?:[её]т|ит|[ую]т|ят)$/u;
// „Цены указаны верно“: what is said of a thing.
const PREDICATE = /(?:[аяе]н[аоы]|[рнтк]о)$/u;
const LATIN = /^\p{Script=Latin}{2,}$/u;

/** What a claim is of: the things that it names by itself, and what it takes up of the buyer's words. */
export function thingsClaimed(
  { text, isVerbless }: Claim,
  asked: readonly string[],
): { own: string[]; his: string[] } {
  const exists = EXISTS.test(text);
  const isNamed = (word: string) =>
    isThing(word) ||
    (!isLight(word) && (LATIN.test(word) || (exists && LIKE_VERB.test(word) && !EXISTS.test(word))));
  const his = tellingWords(text).filter(
    (word) =>
      asked.some((each) => isSameWord(each, word)) &&
      (isNamed(word) || (isAdjective(word) && exists && !/\d/.test(text))) &&
      !ANY.test(word) &&
      !(isVerbless && PREDICATE.test(word)),
  );
  if (isVerbless) return { own: [], his };
  const said = tellingWords(text.replaceAll(ALONG, ' ')).filter((word) => !ANY.test(word));
  const named = said.filter(isNamed);
  // „Есть красный“
  return { own: named.length > 0 || !exists ? named : said.filter(isAdjective), his };
}
