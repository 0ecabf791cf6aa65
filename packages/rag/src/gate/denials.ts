import { splitSentences } from '../text/sentences.ts';
import { isSameWord, tellingWords, withoutDays } from './words.ts';

/** What a clause says that there is, or that there is not. */
export type Assertion = {
  /** The one that it stands in: „с собаками на сапборды нельзя, в лодки можно“ speaks of dogs twice. */
  sentence: string;
  isDenied: boolean;
  /** „Если пачка вскрыта“, „только по Рязани“: what it says holds for some cases. */
  isLimited: boolean;
  /** The things it speaks of, and those of what stands above it: a heading, the question of a pair. */
  things: readonly string[];
  about: readonly string[];
};

// „Картой не принимаем“, „доставки нет“, „вернуть нельзя“; „товар не подошёл“ denies no offer.
const DENIAL =
  /(?<!\p{L})(?:нет|нельзя|невозможн\p{L}*|отсутству\p{L}*|запрещ\p{L}+|не \p{L}+(?:ем|[её]м|им|[ую]т|[ая]т)(?:ся)?|не (?:возмож|предусмотр|действу|распростран|вход|включ|требу|нуж|надо|осуществл|произвож|допуска|разреш|подлеж|полага|практику|предоставля)\p{L}*)(?!\p{L})/iu;
const WITHOUT = /(?<!\p{L})без\s+(\p{L}+)/iu;
// „Без предоплаты не отправляем“ says that one is needed; „не только картой“ says more than „картой“.
const TWOFOLD =
  /не только|не раньше|не позже|не меньше|не больше|не менее|не более|(?<!\p{L})ни(?!\p{L})|[аеиуюя]ть(?:ся)? не (?:нужно|надо|требуется)|не (?:нужно|надо) \p{L}+ть/iu;
const BRING = /(?<!\p{L})(?:возьми|бери|привез|привоз|захвати|принес|принос)\p{L}*/iu;
const LIMIT = /(?<!\p{L})(?:если|только|лишь|кроме|пока|когда|иначе)(?!\p{L})/iu;
const BOUND = /(?<!\p{L})(?:при|свыше|до|от|сам(?:и|а)?|обычно)(?!\p{L})/iu;
const CLAUSE = /[,;:()—–\n]|\s(?:но|а|зато)\s/u;
// Verbs say what is done with a thing, and differ between source and answer („берём“, „ремонтируем“).
const VERB = /(?:[её]м|ем|им|емся|имся|ете|ите|етесь|итесь|[аеиуюя]ть|[аеиуюя]ться|[её]тся|ится|ятся|утся)$/u;
const LIGHT =
  /^(?:наличи\p{L}*|возможност\p{L}*|нельзя|невозможн\p{L}*|отсутству\p{L}*|запрещ\p{L}*|разреш\p{L}*|конечно|увы|сожалени\p{L}*|бывает|действует|принимается)$/u;

const thingsIn = (text: string) =>
  withoutDays(tellingWords(text)).filter((word) => !VERB.test(word) && !LIGHT.test(word) && !/\d/.test(word));

/** The clauses of a text as what they say that there is; `above`: what all of it is about. */
export function assertionsIn(cleaned: string, above = ''): Assertion[] {
  const about = thingsIn(above);
  return splitSentences(cleaned).flatMap((sentence) => {
    const isLimited = LIMIT.test(sentence);
    const found: Assertion[] = [];
    for (const clause of sentence.split(CLAUSE)) {
      // „Аренда без залога“ denies the pledge alone.
      const [, lacking] = DENIAL.test(clause) ? [] : (WITHOUT.exec(clause) ?? []);
      const things = thingsIn(lacking ?? clause);
      const isTwofold = TWOFOLD.test(clause) || (WITHOUT.test(clause) && DENIAL.test(clause));
      const isDenied = !isTwofold && (DENIAL.test(clause) || WITHOUT.test(clause));
      const last = found.at(-1);
      // „Доставка в Казань — нет“
      if (things.length === 0 && isDenied && last !== undefined) found.splice(-1, 1, { ...last, isDenied });
      // „Полотенца возьмите с собой“ says nothing of ours.
      if (things.length > 0 && !BRING.test(clause)) {
        const isBound = isTwofold || (isDenied && BOUND.test(clause));
        found.push({ sentence, isDenied, isLimited: isLimited || isBound, things, about });
      }
    }
    return found;
  });
}

const has = (words: readonly string[], word: string) => words.some((each) => isSameWord(each, word));
const shared = (things: readonly string[], { things: own, about }: Assertion) =>
  things.filter((word) => has(own, word) || has(about, word));

/** Things of which an answer says that there are, where its sources say that there are not, or the other way round. */
export function contradicted({
  claims,
  facts,
  asked,
}: {
  claims: readonly Assertion[];
  facts: readonly Assertion[];
  /** Of the buyer's question: what the claim is about where it does not say so itself. */
  asked: readonly string[];
}): string[] {
  return claims.flatMap((claim) => {
    const found = claim.isDenied ? deniedThough(claim, facts) : affirmedThough({ claim, facts, asked });
    return found === undefined ? [] : [found];
  });
}

function affirmedThough({
  claim,
  facts,
  asked,
}: {
  claim: Assertion;
  facts: readonly Assertion[];
  asked: readonly string[];
}): string | undefined {
  const affirmed = facts.filter(({ isDenied }) => !isDenied);
  const denied = facts.filter(({ isDenied, isLimited }) => isDenied && !isLimited);
  const others = (word: string) => claim.things.filter((each) => each !== word);
  const isAffirmedBeside = ({ fact, word }: { fact: Assertion; word: string }) =>
    affirmed.some(
      (beside) => beside.sentence === fact.sentence && others(word).some((each) => has(beside.things, each)),
    );
  // Only spoken of where it is denied.
  const onlyDenied = claim.things.find(
    (word) =>
      denied.some((fact) => has(fact.things, word) && !isAffirmedBeside({ fact, word })) &&
      !affirmed.some(({ things, about }) => has(things, word) || has(about, word)),
  );
  if (onlyDenied !== undefined) return onlyDenied;
  const rival = denied.find((fact) => {
    const mine = shared(claim.things, fact);
    const isAll = fact.things.every((word) => has(claim.things, word) || has(asked, word));
    return (
      isAll &&
      mine.length > 1 &&
      affirmed.every((other) => {
        const theirs = shared(claim.things, other);
        return theirs.length < mine.length && theirs.every((word) => mine.includes(word));
      })
    );
  });
  return rival?.things.join(' ');
}

function deniedThough({ things }: Assertion, facts: readonly Assertion[]): string | undefined {
  const isCovered = facts.some(
    (fact) =>
      !fact.isDenied &&
      !fact.isLimited &&
      shared(things, fact).length === things.length &&
      fact.things.some((word) => has(things, word)),
  );
  const isBorneOut = facts.some((fact) => fact.isDenied && shared(things, fact).length === things.length);
  return isCovered && !isBorneOut ? things.join(' ') : undefined;
}
