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
  if (isTaken(sentence.text) && !isDenied(sentence.text, quantity.text)) return false;
  if (isSizeToBeHad({ quantity, text: sentence.text, grounds })) return false;
  const isUnmeasured = quantity.unit === undefined || quantity.unit === 'clock';
  const isCount = (isUnmeasured && !claim.isTerm && !isSaidOfIt(claim)) || quantity.unit === 'pieces';
  return isCount || isDenied(sentence.text, quantity.text) || HIS_NUMBER.test(sentence.text);
}
