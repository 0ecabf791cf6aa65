import { splitSentences } from '../text/sentences.ts';
import { isDenied } from './promises.ts';
import { bareUnitsIn, quantitiesIn } from './quantities.ts';

/** „Срочный заказ за 1–2 дня +30 %“: what haste costs more, and within how many minutes it is one. */
export type Urgency = { text: string; amount: string; within: number };

export const URGENT = /(?<!\p{L})срочн\p{L}*/iu;
const MORE =
  /(?:\+\s?|(?:надбавк|наценк|доплат)\p{L}*(?:\s[—–-])?\s|(?:дороже|плюс)\s(?:на\s)?)(\d[\d ]*\s?(?:%|₽|руб\p{L}*|процент\p{L}*))/iu;
const DAY = 1_440;
const BY_DAY: readonly (readonly [word: RegExp, minutes: number])[] = [
  [/(?<!\p{L})сегодня(?!\p{L})/iu, 0],
  [/(?<!\p{L})(?:завтра|на следующий день)(?!\p{L})/iu, DAY],
  [/(?<!\p{L})послезавтра(?!\p{L})/iu, 2 * DAY],
];

const spansIn = (text: string) =>
  [...quantitiesIn(text), ...bareUnitsIn(text)].flatMap(({ unit, amount = 0 }) =>
    unit === 'minutes' ? [amount] : [],
  );

export function urgenciesIn(cleaned: string): Urgency[] {
  if (!URGENT.test(cleaned)) return [];
  return splitSentences(cleaned).flatMap((sentence) => {
    const [text = '', amount = ''] = (URGENT.test(sentence) && MORE.exec(sentence)) || [];
    if (text === '') return [];
    const within = Math.max(0, ...spansIn(sentence));
    return [{ text: `срочно ${text.trim()}`, amount: amount.replaceAll(/\D/g, ''), within }];
  });
}

/** Prices that an answer says of what is to be done in haste, without what haste costs. */
export function unpaidHaste({
  sentences,
  facts,
}: {
  sentences: readonly string[];
  facts: readonly Urgency[];
}): string[] {
  if (facts.length === 0) return [];
  const numbers: readonly string[] = sentences.join(' ').match(/\d+/gu) ?? [];
  return facts.flatMap(({ text, amount, within }) => {
    if (numbers.includes(amount) || sentences.some((sentence) => MORE.test(sentence))) return [];
    const isHasty = (sentence: string) =>
      (URGENT.test(sentence) && !isDenied(sentence, URGENT.exec(sentence)?.[0] ?? '')) ||
      BY_DAY.some(
        ([word, minutes]) =>
          minutes <= within && word.test(sentence) && !isDenied(sentence, word.exec(sentence)?.[0] ?? ''),
      );
    const isPriced = (sentence: string) => quantitiesIn(sentence).some(({ unit }) => unit === 'rub');
    return sentences.some((sentence) => isHasty(sentence) && isPriced(sentence)) ? [text] : [];
  });
}
