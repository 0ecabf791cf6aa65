import { numeralsToFigures } from './numerals.ts';
import { isDenied } from './promises.ts';
import type { Ground } from './read-ground.ts';
import { isSameAmount } from './same-amount.ts';
import { isSizeToBeHad } from './sizes.ts';
import type { Statement } from './statements.ts';

// „в ваш бюджет 20 000 ₽“: his number is named as his.
const HIS_NUMBER =
  /бюджет|вы (?:писали|указали|назвали|предложили|предлагаете|спрашивали)|ваш\p{L}* (?:сумм|предложени|вариант)/iu;

// „ТО — 1500.“, „скидка 30“: what a thing is said to be is ours to know.
const SAYS_OF_IT = /(?:[—–:=]|(?<![a-z])(?:is|are|costs?|for))\s*$/iu;
// „1000 — и велосипед ваш“
const IS_ALL = /^\s*[—–-]\s/u;
const OF_DISCOUNT = /(?<!\p{L})скидк\p{L}*\s*$/iu;
const ENDS = /^\s*(?:[.,;!?)]|$)/u;
// „9 тысяч“, „12к“: such amounts are of money, unless a unit says otherwise.
const THOUSANDS = /\d\s?(?:тыс|[кk](?!\p{L}))/iu;
// „9000 за комплект“
// „2024 года выпуска“
const OF_MAKE = /^\s*(?:выпуска|г\.?\s?в(?!\p{L}))/iu;
const FOR_IT = /^\s*(?:за|ценой|цена)\s+(?!час|дн|ден|раз|сут)\p{L}/iu;
function isSaidOfIt({ quantity, sentence }: Statement): boolean {
  const text = numeralsToFigures(sentence.text);
  const start = text.lastIndexOf(quantity.text);
  if (start < 0 || quantity.unit !== undefined) return false;
  const before = text.slice(0, start);
  const behind = text.slice(start + quantity.text.length);
  if (THOUSANDS.test(quantity.text) || FOR_IT.test(behind) || OF_MAKE.test(behind)) return true;
  const isLast = ENDS.test(text.slice(start + quantity.text.length));
  const isFirst = before.trim() === '' && IS_ALL.test(text.slice(start + quantity.text.length));
  return isFirst || OF_DISCOUNT.test(before) || (isLast && SAYS_OF_IT.test(before));
}

// „Ваше предложение 15 000 принято“ makes it ours.
const ACCEPTED =
  /принят[аоы]?(?!\p{L})|принимаем|согласн|отда(?:дим|м)(?!\p{L})|продадим|уступ|договорились|по рукам/iu;
const isTaken = (text: string) => HIS_NUMBER.test(text) && ACCEPTED.test(text);

// „При росте 190 см“, „на ваши 120 метров“: what an answer holds for. „При цене 500 ₽“ names his, „для вас 500 ₽“ ours.
const CASE_BEFORE =
  /(?<!\p{L})(?:(?:при|для) (?!вас(?!\p{L})|меня(?!\p{L}))(?:\p{L}+ ){1,2}(?:в |на |до |от )?[−–-]?|при [−–-]?|(?:на|за) ваш\p{L}* (?:\p{L}+ )?)$/iu;
const MONEY_CASE_BEFORE =
  /(?<!\p{L})при (?:заказ|покупк|бюджет|цен|стоимост|сумм)\p{L}* (?:\p{L}+ )?(?:в |на |до |от )?$/iu;
// „До 30 000 ₽ есть …“
const FIRST_BOUND = /^(?:да, )?(?:до|в пределах) $/iu;
// „В 17 лет можно“, „через 4 месяца она платная“
const FIRST_TIME = /^(?:(?:да|нет), )?(?:в|через|с) $/iu;
const HAS = /(?<!\p{L})(?:есть|можно|подойд\p{L}+|найд\p{L}+)(?!\p{L})/iu;

/** Whether an answer takes the number up as what it speaks of, rather than to say it of something of ours. */
function isCase({ quantity: { text, unit }, sentence }: Statement): boolean {
  const figures = numeralsToFigures(sentence.text);
  const start = figures.indexOf(text);
  if (start < 0 || unit === 'percent') return false;
  const before = figures.slice(0, start);
  if (unit === 'months' && FIRST_TIME.test(before) && !/гарант/iu.test(figures)) return true;
  if (FIRST_BOUND.test(before) && HAS.test(figures.slice(start))) return true;
  return (unit === 'rub' ? MONEY_CASE_BEFORE : CASE_BEFORE).test(before);
}

const FROM = /(?<!\p{L})(?:от|с|больше|более|свыше|выше|старше|минимум|не менее|не меньше|начиная с)\s*$/iu;
const UP_TO = /(?<!\p{L})(?:до|по|меньше|менее|ниже|максимум|не более|не больше)\s*$/iu;
const BETWEEN = /^\s*(?:[–—-]|до|по)\s*$/u;

/** Whether a number of the buyer's lies within bounds that the same sentence says and the sources bear out. */
export function isHisWithin({
  claim,
  said,
  proven,
}: {
  claim: Statement;
  said: readonly Statement[];
  proven: readonly Statement[];
}): boolean {
  const { unit, amount } = claim.quantity;
  if (unit === undefined || amount === undefined || unit === 'percent' || unit === 'clock') return false;
  if (!said.some((his) => isSameAmount(claim.quantity, his.quantity))) return false;
  const text = numeralsToFigures(claim.sentence.text);
  const bounds = proven
    .filter(({ quantity, sentence }) => sentence === claim.sentence && quantity.unit === unit)
    .map(({ quantity }) => {
      const start = text.indexOf(quantity.text);
      return { of: quantity.amount ?? 0, start, end: start + quantity.text.length };
    })
    .filter(({ start }) => start >= 0);
  return bounds.some(({ of, start, end }) => {
    const before = text.slice(0, start);
    const isRange = bounds.some(
      (next) =>
        next.start > end && BETWEEN.test(text.slice(end, next.start)) && of <= amount && amount <= next.of,
    );
    return isRange || (FROM.test(before) && amount >= of) || (UP_TO.test(before) && amount <= of);
  });
}

/**
 * A number of the buyer's own: a count, or a size he named. Prices, terms and measures are facts of ours („да, отдадим за
 * 500“, „да, гарантия 10 лет“), so they are repeated only where they are turned down or named as his.
 */
export function mayBeRepeated({
  claim,
  said,
  grounds,
}: {
  claim: Statement;
  said: readonly Statement[];
  grounds: readonly Ground[];
}): boolean {
  const { quantity, sentence } = claim;
  if (!said.some((his) => isSameAmount(quantity, his.quantity))) return false;
  if (isCase(claim)) return true;
  if (isTaken(sentence.text) && !isDenied(sentence.text, quantity.text)) return false;
  if (isSizeToBeHad({ quantity, text: sentence.text, grounds })) return false;
  const isUnmeasured = quantity.unit === undefined || quantity.unit === 'clock';
  const isCount = (isUnmeasured && !claim.isTerm && !isSaidOfIt(claim)) || quantity.unit === 'pieces';
  return isCount || isDenied(sentence.text, quantity.text) || HIS_NUMBER.test(sentence.text);
}
