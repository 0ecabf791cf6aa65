import { isSaidIn, sayings } from './agreed-things.ts';
import type { Ground } from './read-ground.ts';
import { PROMISES } from './promise-kinds.ts';
import { isThing } from './unknown-things.ts';
import { isSameWord, tellingWords } from './words.ts';

// „не перезвоним“, „скидок нет“: nothing is promised.
const DENIAL = /(?<!\p{L})(?:не|нет|нельзя|невозможн\p{L}*|ни|никак\p{L}*|исключен\p{L}*)(?!\p{L})/iu;
const REGRET = /к сожалению|увы/iu;
const WITHOUT_BEFORE = /(?<!\p{L})без\s+(?:\p{L}+\s+)?$/iu;
const WITHOUT = /(?<!\p{L})без\s+(?!выходных|проблем)\p{L}+/giu;
// „не волнуйтесь, перезвоним“, „без проблем вернём“: comfort denies nothing.
const COMFORT =
  /(?<!\p{L})(?:не (?:волнуйтесь|переживайте|беспокойтесь|сомневайтесь|вопрос|проблема|только|откажем)|нет проблем|без проблем|без выходных)(?!\p{L})/giu;
const CLAUSE_BORDERS = ',;:()—–\n';
const NOT_THERE = /^\s*нет(?!\p{L})/iu;

const borderFrom = (text: string, start: number): number => {
  let place = start;
  while (place < text.length && !CLAUSE_BORDERS.includes(text.charAt(place))) place += 1;
  return place;
};

const borderBefore = (text: string, end: number): number => {
  let place = end;
  while (place > 0 && !CLAUSE_BORDERS.includes(text.charAt(place - 1))) place -= 1;
  return place;
};

/** Whether what a sentence says in `part` is denied there: in the part's own clause, by „нет“ behind it, or with regret. */
export const isDenied = (sentence: string, part: string): boolean => denialsOf(sentence)(part);

/** Read once for all parts: a sentence may have a thousand clauses. */
function denialsOf(given: string): (part: string) => boolean {
  const sentence = given.replaceAll(COMFORT, (found) => ' '.repeat(found.length));
  if (REGRET.test(sentence)) return () => true;
  return (part) => {
    const start = Math.max(0, given.indexOf(part));
    const end = start + part.length;
    const before = sentence.slice(borderBefore(sentence, start), start);
    const border = borderFrom(sentence, end);
    const behind = sentence.slice(end, border);
    const next = sentence.slice(border + 1, borderFrom(sentence, border + 1));
    return (
      WITHOUT_BEFORE.test(before) ||
      DENIAL.test(`${before}${sentence.slice(start, end)}${behind}`) ||
      NOT_THERE.test(next)
    );
  };
}

// „поставим“, „привезём“: done once, by us; „отвечаем“ is what is usual.
const DEED = /\p{L}(?<![аяуеи])(?:им|[её]м)(?!\p{L})/iu;

/** The clauses of a text that claim rather than deny. */
export function affirmedParts(sentence: string): string {
  const isDeniedThere = denialsOf(sentence);
  return (
    sentence
      .split(/(?<=[,;:()—–\n])/u)
      // Without its border: what stands behind that is another clause.
      .filter((clause) => !isDeniedThere(clause.replace(/[,;:()—–\n]$/u, '')))
      .join('')
      .replaceAll(WITHOUT, ' ')
  );
}

// Said with a „не“ that denies no promise.
const COSTS_NOTHING =
  /ничего не стоит|(?:денег|плат[уы]|оплату) (?:за \p{L}+ )?не (?:бер[её]м|взимаем|возьм[её]м|прос(?:им|ят)|треб(?:уем|уют))|(?:(?:за (?:это|него|не[её]|них)|вам|ничего) )?(?:до|о|за)?пла(?:чивать|тить) (?:(?:за (?:это|него|не[её]|них)|вам|ничего) )?не (?:нужно|надо|прид[её]тся)/giu;
// „Обратную дорогу оплачиваем мы“, „доставку берём на себя“
const WE_PAY =
  /(?<!\p{L})(?:(?:оплачиваем|оплатим|плачу|платим|заплатим) (?:мы|сами|я)|(?:мы|я) (?:сами |сам[аи]? )?(?:оплачиваем|оплачиваю|оплатим|оплачу|платим|заплатим)|(?:расходы|оплату) (?:\p{L}+ ){0,3}бер[её]м на себя)(?!\p{L})/giu;
const NOT_A_PENNY = /(?<!\p{L})ни (?:копейки|рубля|копеечки)(?!\p{L})/giu;
/** „За это денег не берём“ as what it says: „бесплатно“. */
export const named = (text: string) =>
  text
    .replaceAll(COSTS_NOTHING, 'бесплатно')
    .replaceAll(WE_PAY, 'бесплатно')
    .replaceAll(NOT_A_PENNY, 'задаром');
const NAMES_OF_TIME = new Set(['today', 'tomorrow', 'soon']);

/**
 * Promises of an answer that no source makes. `asked` is the buyer's message: naming the day that he asked about is
 * no promise of ours.
 */
export function ungroundedPromises({
  sentences,
  grounds,
  asked,
}: {
  sentences: readonly string[];
  grounds: readonly Ground[];
  asked: string;
}): { name: string; text: string }[] {
  const claims = sentences.map(named);
  const vocabulary = [...new Set(grounds.flatMap(({ words }) => words))];
  return PROMISES.flatMap(({ name, claim, ground, isOfThing }) =>
    claims.flatMap((sentence) => {
      const found = claim.exec(sentence);
      if (found === null || isDenied(sentence, found[0])) return [];
      if (NAMES_OF_TIME.has(name) && claim.test(asked) && !DEED.test(sentence)) return [];
      // „Скидок не делаем“ is no ground for one.
      const isMade =
        ground !== undefined && grounds.some(({ affirmed }) => affirmed.some((each) => ground.test(each)));
      const isBorneOut =
        isMade && (!isOfThing || isOfSameThing({ sentence, asked, ground, grounds, vocabulary }));
      return isBorneOut ? [] : [{ name, text: found[0].trim() }];
    }),
  );
}

/** Whether a clause that bears a promise out shares a word with it, or with what it answers. */
function isOfSameThing({
  sentence,
  asked,
  ground,
  grounds,
  vocabulary,
}: {
  sentence: string;
  asked: string;
  ground: RegExp;
  grounds: readonly Ground[];
  vocabulary: readonly string[];
}): boolean {
  const knownOf = (text: string) =>
    tellingWords(text).filter(
      (word) => !ground.test(word) && vocabulary.some((known) => isSameWord(known, word)),
    );
  const own = knownOf(sentence);
  const words = own.length > 0 ? own : knownOf(asked);
  if (words.length === 0) {
    // „Консультация бесплатная“ where nobody speaks of one; „это бесплатно“ may be said of anything.
    const things = sayings(sentence).filter(({ word }) => isThing(word) && !ground.test(word));
    return things.length === 0 || things.some((each) => isSaidIn(each, vocabulary));
  }
  return grounds.some(({ about, affirmed }) =>
    affirmed
      .flatMap((statement) => clausesWith(ground, statement))
      .some((clause) => {
        const theirs = tellingWords(`${about} ${clause}`);
        return words.some((word) => theirs.some((each) => isSameWord(each, word)));
      }),
  );
}

// „Если зеркало разбито, меняем бесплатно“
const CASE = /^\s*(?:если|при|когда)(?!\p{L})/iu;
/** The clauses that a pattern fits, each with the one before it where it names nothing itself. */
function clausesWith(pattern: RegExp, sentence: string): string[] {
  const clauses = sentence.split(/[,;()\n]/u);
  return clauses.flatMap((clause, place) => {
    if (!pattern.test(clause)) return [];
    const namesNothing = tellingWords(clause).every((word) => pattern.test(word));
    const before = clauses[place - 1] ?? '';
    // „Осмотр бесплатный, если ремонт у нас“
    const behind = clauses[place + 1] ?? '';
    return [
      `${namesNothing || CASE.test(before) ? before : ''} ${clause} ${CASE.test(behind) ? behind : ''}`.trim(),
    ];
  });
}
