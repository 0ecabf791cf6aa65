import { splitSentences } from '../text/sentences.ts';
import { named } from './promises.ts';
import { daysIn } from './schedule.ts';
import { isSameWord, tellingWords, withoutDays } from './words.ts';

/** What a clause says that there is, or that there is not. */
export type Assertion = {
  /** The one that it stands in: „с собаками на сапборды нельзя, в лодки можно“ speaks of dogs twice. */
  sentence: string;
  isDenied: boolean;
  /** „Если пачка вскрыта“, „только по Рязани“: what it says holds for some cases. */
  isLimited: boolean;
  /** Its numbers: „на 15 л.с. моторов нет“ says nothing of the others, nor „в воскресенье доставки нет“. */
  figures: readonly string[];
  days: readonly string[];
  /** It says no more than that the price does not include the things: „в цену не входят“. */
  isOfPrice: boolean;
  /** Its things are to be paid for, or to be got elsewhere: what „не входит“ comes to. */
  isExtra: boolean;
  /** The things it speaks of, and those of what stands above it: a heading, the question of a pair. */
  things: readonly string[];
  about: readonly string[];
  /** All of its words, what is done with the things too. */
  words: readonly string[];
};

// „Картой не принимаем“, „доставки нет“, „вернуть нельзя“; „товар не подошёл“ denies no offer.
const DENIAL =
  /(?<!\p{L})(?:нет|нельзя|невозможн\p{L}*|отсутству\p{L}*|запрещ\p{L}+|не \p{L}+(?:ем|[её]м|им|[ую]т|[ая]т)(?:ся)?|не (?:возмож|предусмотр|действу|распростран|вход|включ|требу|нуж|надо|осуществл|произвож|допуска|разреш|подлеж|полага|огранич|практику|предоставля|бывает|будет|полностью|совсем|всегда|кажд|обязательно)\p{L}*|не (?:\p{L}*(?:[аяе]ю|ирую|лю|(?<![вн]а)[жшчщ]у)(?:сь)?|беру(?:сь)?|чиню|шью|с?могу)|(?<!(?:можно|чтобы?|могут|может|можете|чем) (?:\p{L}+ )?)не \p{L}+(?:[аеиуыя]ть|сти|чь)(?:ся)?)(?!\p{L})|^\s*(?:а )?не (?:на|для|в|во|по|за|с|со|из|при|у)(?!\p{L})/iu;
const WITHOUT = /(?<!\p{L})без\s+(\p{L}+)/iu;
// „Без предоплаты не отправляем“ says that one is needed; „не только картой“ says more than „картой“.
const TWOFOLD =
  /не только|не раньше|не позже|не меньше|не больше|не менее|не более|(?<!\p{L})ни(?!\p{L})|[аеиуюя]ть(?:ся)? не (?:нужно|надо|требуется)|не (?:нужно|надо) \p{L}+ть/iu;
const BRING = /(?<!\p{L})(?:возьми|бери|привез|привоз|захвати|принес|принос)\p{L}*/iu;
// „Приносите свои или берите у нас“ leaves both open.
const OWN = /(?<!\p{L})сво(?:й|я|[ёею]|и|их|ими?|его|ей|ю)(?!\p{L})(?!.*(?<!\p{L})или(?!\p{L}))/iu;
const LIMIT = /(?<!\p{L})(?:если|только|лишь|кроме|пока|когда|иначе)(?!\p{L})/iu;
const BOUND =
  /(?<!\p{L})(?:при|свыше|до|от|сам(?:и|а)?|обычно|не (?:полностью|совсем|всегда|кажд\p{L}*|обязательно))(?!\p{L})/iu;
const CLAUSE = /[,:](?!\d)|[;()—–\n]|\s(?:но|а|зато)\s/u;
const NOT_INCLUDED = /(?<!\p{L})не (?:вход|включ)\p{L}*/iu;
const INCLUDED = /(?<!\p{L})(?<!не )(?:вход(?:ит|ят)|включ[её]н\p{L}*|бесплатн\p{L}*|в подарок)(?!\p{L})/iu;
const EXTRA =
  /(?<!\p{L})(?:(?:о|до)плачива\p{L}+|(?:о|до)плат\p{L}+|отдельно|за отдельную плату|за доплату|дополнительно|докуп\p{L}+|покупа\p{L}+|купить|сам(?:им|ому|остоятельно)|за ваш сч[её]т)(?!\p{L})/iu;
// „Выходных нет“ denies no day of work.
const NO_DAYS_OFF = /(?<!\p{L})(?:выходных (?:дней )?нет|(?:нет|без) выходных(?: дней)?)(?!\p{L})/giu;
// „То же касается сладостей“ says of them what was said before.
const LIKEWISE =
  /(?<!\p{L})(?:то же (?:самое )?(?:касается|относится)|это (?:же )?(?:касается|относится))(?!\p{L})/iu;
// Verbs say what is done with a thing, and differ between source and answer („берём“, „ремонтируем“).
const VERB =
  /(?:[её]м|ем|им|емся|имся|ете|ите|йте|етесь|итесь|йтесь|[аеиуюя]ть|[аеиуюя]ться|[её]тся|ится|ятся|утся|[аяе]ю|[аяе]юсь|ирую|лю|люсь)$|^(?:беру|берусь|чиню|шью|(?:вы|до|за|от|под|пере|при|у|про)?(?:езжу|езжаю|вожу|хожу|ношу)|могу|смогу|будет|будут|буду)$/u;
const LIGHT =
  /^(?:наличи\p{L}*|возможност\p{L}*|нельзя|невозможн\p{L}*|отсутству\p{L}*|запрещ\p{L}*|разреш\p{L}*|конечно|увы|сожалени\p{L}*|бывает|действует|принимается|касается|относится|то|сво\p{L}{1,2})$/u;
// „Кошек не принимаем из-за аллергии“ denies cats.
const REASON = /(?<!\p{L})(?:из-за|потому что|так как|поскольку|по причине)(?!\p{L}).*$/iu;
const FIGURE = /\d+(?:[.,:]\d+)*/gu;
export const figuresIn = (text: string): readonly string[] => text.match(FIGURE) ?? [];

const thingsIn = (text: string) =>
  withoutDays(tellingWords(text)).filter(
    (word) => !VERB.test(word) && !LIGHT.test(word) && !/\d/.test(word) && word.length > 1,
  );

// „Торт, сладости и призы не входят“ is one clause; „Да, наличными и картой“ begins with no item.
const LIST =
  /^(?:(?:при|с|без|для) )?(?:(?!(?:да|нет|не|если|увы|конечно|[внкспоуад]|на|по|до|от|из|за)(?!\p{L}))\p{L}+(?: \p{L}+){0,3}, )+(?=\p{L}+(?: \p{L}+)? и )/iu;
// „На птицу, к сожалению, скидок нет“ is one clause.
const REGRET = /(?:^|,)\s*(?:к сожалению|увы)\s*(?:,|(?=[.!]|$))/giu;
const ANSWERED = /(?<!\p{L})(?:да|нет)$/iu;
// „Ни самокатами, ни велосипедами“
const NEITHER = /^\s*ни(?!\p{L})/iu;
const joined = (sentence: string) =>
  sentence.replace(LIST, (items) =>
    items.split(/[, ]+/u).some((word) => VERB.test(word)) ? items : items.replaceAll(', ', ' и '),
  );

const CASE = /^\s*(?:а |но )?(?:если|когда|пока)(?!\p{L})/iu;
// „…, как и ковры с ворсом“
const AS_WELL = /^\s*(?:так же,? )?как и(?!\p{L})/iu;
// „Старые пятна (больше года) не выводим“: an aside stands for itself.
const ASIDE = /\(([^()]*)\)/gu;
const SAYS = /(?<!\p{L})(?:не|нет|без|нельзя|можно|есть|вход|включ|кроме|бесплатн)/iu;
const clausesOf = (sentence: string, isFact: boolean): string[] => [
  ...sentence.replaceAll(ASIDE, ' ').split(CLAUSE),
  ...[...sentence.matchAll(ASIDE)].flatMap(([, aside = '']) =>
    isFact || SAYS.test(aside) ? aside.split(CLAUSE) : [],
  ),
];

const withoutRegret = (sentence: string) =>
  sentence
    .replaceAll(REGRET, (_, offset: number) => (ANSWERED.test(sentence.slice(0, offset)) ? ', ' : ' '))
    .trim();

const ALONG = /(?<!\p{L})(?:с|со)\s+(\p{L}+)/giu;
const isAlongIn = (sentence: string, word: string) =>
  [...sentence.matchAll(ALONG)].some(([, along = '']) =>
    tellingWords(along).some((each) => isSameWord(each, word)),
  );

/** The clauses of a text as what they say that there is; `above`: what all of a source is about, of an answer nothing. */
export function assertionsIn(cleaned: string, above?: string): Assertion[] {
  const isFact = above !== undefined;
  const about = thingsIn(above ?? '');
  let before: boolean | undefined;
  return splitSentences(cleaned).flatMap((given) => {
    // „Какая у вас степень?“ says nothing.
    if (!isFact && given.trimEnd().endsWith('?')) return [];
    const sentence = joined(withoutRegret(named(given))).replaceAll(NO_DAYS_OFF, 'ежедневно');
    const isLikewise = LIKEWISE.test(sentence) && before !== undefined;
    const isLimited = LIMIT.test(sentence);
    const found: Assertion[] = [];
    for (const clause of clausesOf(sentence, isFact)) {
      // „Если взрослого нет, …“ denies none.
      if (!isFact && CASE.test(clause)) continue;
      // „Аренда без залога“ denies the pledge alone.
      const [, lacking] = DENIAL.test(clause) ? [] : (WITHOUT.exec(clause) ?? []);
      const things = thingsIn(lacking ?? clause.replace(REASON, ' '));
      const isTwofold = TWOFOLD.test(clause) || (WITHOUT.test(clause) && DENIAL.test(clause));
      const isDenied =
        isLikewise || (AS_WELL.test(clause) && found.length > 0)
          ? isLikewise
            ? before === true
            : found.at(-1)?.isDenied === true
          : NEITHER.test(clause) || (!isTwofold && (DENIAL.test(clause) || WITHOUT.test(clause)));
      const last = found.at(-1);
      // „Доставка в Казань — нет“
      if (things.length === 0 && isDenied && last !== undefined && !/\d/.test(clause))
        found.splice(-1, 1, { ...last, isDenied });
      // „Полотенца возьмите с собой“ says nothing of ours; „приносите свои“, in a source, that we give none.
      // „С замком 11 000 ₽, без замка 9 500 ₽“ are two of a kind.
      const isVariant = lacking !== undefined && things.some((word) => isAlongIn(sentence, word));
      const isBuyers = BRING.test(clause) && isFact && OWN.test(clause);
      if (
        things.length > 0 &&
        !isVariant &&
        (isBuyers || !(BRING.test(clause) || (!isFact && OWN.test(clause))))
      ) {
        const isBound = isTwofold || (isDenied && BOUND.test(clause));
        found.push({
          sentence,
          isDenied: isDenied || isBuyers,
          isLimited: isLimited || isBound,
          figures: figuresIn(clause),
          days: [...daysIn(clause)],
          isOfPrice: NOT_INCLUDED.test(clause),
          isExtra: EXTRA.test(clause) || (EXTRA.test(sentence) && !INCLUDED.test(sentence)),
          things,
          about,
          words: tellingWords(clause),
        });
      }
    }
    before = found.at(-1)?.isDenied ?? before;
    return found;
  });
}
