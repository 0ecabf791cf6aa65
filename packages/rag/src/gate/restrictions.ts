import { splitSentences } from '../text/sentences.ts';
import { namingWords as namesIn } from './conditions.ts';
import { BEGINS_WITH_YES, EXISTS } from './claimed-things.ts';
import { isOurDeed } from './deeds.ts';
import { once } from './once.ts';
import { affirmedParts, isDenied } from './promises.ts';
import { sameThingAs } from './same-thing.ts';
import { isAdjectival, isThing } from './unknown-things.ts';
import { URGENT } from './urgency.ts';
import { isOfDays, isSameWord } from './words.ts';

/** „Насос даём только при прокате с собой“; „по всей России, кроме Крыма“. */
export type Restriction = {
  isException: boolean;
  text: string;
  /** Of what it is said, and what it is restricted to; of an exception each thing excepted. */
  of: readonly string[];
  words: readonly string[];
};

const CLAUSE = /[;()\n]|,(?!\d)\s|\s[–—]\s|:(?!\d)\s|\s(?:но|а|зато)\s/u;
const ONLY = /(?<!\p{L})(?<!не )(?:только|лишь|исключительно)(?!\p{L})/iu;
const EXCEPT = /,?\s*(?<!\p{L})кроме(?!\p{L})(?! того)\s+([^.;:()–—!?\n]+)/iu;
const FAVOUR = /^(?:бесплатн|скидк|подар|рассрочк|даром)/u;
const LEAST_ROOT = 4;
const IN_TOWN = /^город/u;
const OUT_OF_TOWN = 'загород';
const LISTED = /,\s*|\s(?:и|или)\s/u;
const ALL = /(?<!\p{L})(?:люб\p{L}{2,3}|всех|всем|каждо\p{L}{1,2}|без)\s+(\p{L}+)/giu;
const LIMITED = /(?<!\p{L})(?:только|лишь|кроме|исключительно|если|за исключением)(?!\p{L})/iu;
const MAY =
  /(?<!\p{L})(?:можно|можете|сможете|вход(?:ит|ят)|включ[её]н\p{L}*|бесплатн\p{L}*|(?:с?делаю|могу|смогу|беру|возьму|даю|дам|приму|принимаю|привезу|шью|пошью|чиню|провожу|проведу|пеку|испеку))(?!\p{L})/iu;
const WORD = /\p{L}+/gu;

// „Срочно“ names nothing elsewhere; here what is urgent is a case of its own.
const namingWords = (text: string): string[] => [...namesIn(text), ...(URGENT.test(text) ? ['срочный'] : [])];
const LONG = /\p{L}{4,}/gu;
const longWords = (text: string): string[] => text.toLowerCase().replaceAll('ё', 'е').match(LONG) ?? [];
/** In this or another word: „бронировать“ for „по брони“. */
const isSaid = (word: string, said: readonly string[]) => {
  const isSame = sameThingAs(word);
  const root = word.slice(0, -1);
  return said.some((other) => isSame(other) || (root.length >= LEAST_ROOT && other.startsWith(root)));
};

export function restrictionsIn(cleaned: string): Restriction[] {
  if (!LIMITED.test(cleaned)) return [];
  return splitSentences(cleaned).flatMap((sentence) => [...onlyIn(sentence), ...exceptionsIn(sentence)]);
}

function onlyIn(sentence: string): Restriction[] {
  const clauses = sentence.split(CLAUSE);
  return clauses.flatMap((clause, place): Restriction[] => {
    const found = ONLY.exec(clause);
    if (found === null || isDenied(clause, found[0])) return [];
    const own = clause.slice(0, found.index);
    const before = clauses[place - 1] ?? '';
    // „Собаки до 20 кг можно, больше — только …“ is of those that are bigger; „не полируем, только меняем“ of neither.
    const head = /\p{L}/u.test(own) ? own : before;
    if (head === before && isDenied(before, before)) return [];
    const of = namingWords(head).filter((word) => isThing(word) || isAdjectival(word));
    const text = clause.slice(found.index).trim();
    const isOther = (word: string) => !of.some((each) => isSameWord(each, word));
    const named = namingWords(text).filter(isOther);
    // „Только предупредите“, „только назад“ name no case.
    if (!named.some((word) => isThing(word) || isAdjectival(word))) return [];
    const words = [...new Set([...named, ...longWords(text.replace(ONLY, '')).filter(isOther)])];
    // Other conditions of favours are read with these.
    const isOfFavour = of.some((word) => FAVOUR.test(word)) && !words.some((word) => IN_TOWN.test(word));
    return of.length === 0 || isOfFavour ? [] : [{ isException: false, text, of, words }];
  });
}

function exceptionsIn(sentence: string): Restriction[] {
  const found = EXCEPT.exec(sentence);
  if (found === null) return [];
  const before = sentence.slice(0, found.index);
  // „Не принимаем, кроме белорусских“ takes them.
  if (isDenied(before, before.split(CLAUSE).at(-1) ?? before)) return [];
  // „Кроме замены батарейки“: the last word tells which.
  const words = (found[1] ?? '').split(LISTED).flatMap((item) => namingWords(item).slice(-1));
  const of = namingWords(before).filter((word) => !words.some((each) => isSameWord(each, word)));
  return of.length === 0 || words.length === 0
    ? []
    : [{ isException: true, text: found[0].replace(/^,\s*/u, ''), of, words }];
}

const has = (words: readonly string[], word: string) => words.some((each) => isSameWord(each, word));
const says = (sentence: string) =>
  EXISTS.test(sentence) || MAY.test(sentence) || (sentence.match(WORD) ?? []).some(isOurDeed);

/**
 * Restrictions that an answer breaks: it says of a thing that it is there, done or allowed and leaves out the only case for
 * which its sources say so, or says it of what they except.
 */
export function brokenRestrictions({
  sentences,
  question,
  facts,
}: {
  sentences: readonly string[];
  question: string;
  facts: readonly Restriction[];
}): string[] {
  if (facts.length === 0) return [];
  const texts = sentences
    .filter((sentence) => !sentence.trimEnd().endsWith('?') && !LIMITED.test(sentence))
    .map((sentence) => affirmedParts(sentence))
    .filter((text) => text.trim() !== '');
  if (texts.length === 0) return [];
  const asked = namingWords(question);
  const claims = texts.map((text) => ({
    text,
    isSaying: once(() => BEGINS_WITH_YES.test(text) || says(text)),
    words: BEGINS_WITH_YES.test(text) ? [...namingWords(text), ...asked] : namingWords(text),
  }));
  const said = once(() => {
    const whole = [...sentences, question].join('\n').replaceAll(ALL, ' ');
    return [...namingWords(whole), ...longWords(whole)];
  });
  return facts.flatMap((fact) => (claims.some((claim) => isBrokenBy(claim, fact, said)) ? [fact.text] : []));
}

// „Скидка на всё“
const OF_ALL = /(?<!\p{L})(?:(?:на|для|по|в|из|от)\s(?:вс(?:[её]|ех|ей|ю)|люб\p{L}{2,3})|всем)(?!\p{L})/iu;

type Claim = { text: string; isSaying: () => boolean; words: readonly string[] };

function isBrokenBy(
  { text, isSaying, words: own }: Claim,
  { isException, of, words }: Restriction,
  said: () => readonly string[],
): boolean {
  if (isException) {
    // Days that are excepted are told by the timetable.
    const isOfAll = OF_ALL.test(text) && !isOfDays(words) && !words.some((word) => isSaid(word, said()));
    const isOfExcepted = isOfAll || words.some((word) => has(own, word));
    return isOfExcepted && of.some((word) => has(own, word)) && !/не |нет/iu.test(text);
  }
  // „Бесплатно (только в пределах города)“
  if (of.some((word) => FAVOUR.test(word))) return has(own, OUT_OF_TOWN) && of.some((word) => has(own, word));
  return of.every((word) => has(own, word)) && isSaying() && !words.some((word) => isSaid(word, said()));
}
