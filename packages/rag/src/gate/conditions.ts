import { defaultLexicon } from '../lexicon/lexicon.ts';
import { isLight } from '../lexicon/light-words.ts';
import { once } from './once.ts';
import { bareUnitsIn, type Quantity, quantitiesIn } from './quantities.ts';
import { daysIn } from './schedule.ts';
import { isSameWord, tellingWords } from './words.ts';

/** What must hold for something to be so: „при ремонте“, „пенсионерам“, „по будням“, or a bound: „от 5 кг“. */
export type Condition = { text: string } & (
  | { kind: 'words'; words: readonly string[] }
  | { kind: 'days' }
  | { kind: 'bound'; quantity: Quantity; isOfNotice?: boolean }
);

/** What an answer and the question before it say, read once for all conditions. */
export type Said = {
  words: readonly string[];
  things: ReadonlySet<number>;
  hasDays: () => boolean;
  stated: () => readonly Quantity[];
  /** The buyer's own: „у меня 6 кг“ is from 5 kg. */
  asked: () => readonly Quantity[];
};

const word = (source: string) => String.raw`(?<!\p{L})(?:${source})(?!\p{L})`;
const LEAST = new RegExp(
  String.raw`${word('от|свыше|более|больше|не менее|не меньше|начиная (?:от|с)|после')}\s*$`,
  'iu',
);
// What a clause without a bound is passed over by.
const BOUNDING = /(?<!\p{L})(?:от|свыше|более|больше|дольше|выше|менее|меньше|начиная|после|за)(?!\p{L})/iu;
const NOTICE = /(?<!\p{L})за\s*$/iu;
const LEAST_BEHIND = /^\s*(?:\p{L}+ )?(?:и|или) (?:более|больше|выше|дольше)(?!\p{L})/iu;
const OF_PART = /половин|част|%|процент|удерж|минус|за вычетом/iu;
const CASE = new RegExp(
  String.raw`${word('если|при|когда|только|лишь|для')}\s+((?:[\p{L}\d-]+\s*){1,5})`,
  'giu',
);
// „Пенсионерам“, „второму члену семьи“; behind a preposition it says no whom.
const TO_WHOM =
  /(?<!\p{L}(?:о|к|ко|по|)\s)(?<!\p{L})(?!(?:вам|нам|там|сам|дням|будням|выходным|часам|сообщениям)(?!\p{L}))(?:\p{L}{3,}(?:ам|ям)|\p{L}{3,}[ое]му \p{L}{2,}[ую])(?!\p{L})/giu;
// „Мазь для ухода — 450 ₽“ says what it is for.
const PURPOSE = /(?<=\p{L}\s)(?<!(?:только|лишь)\s)для\s/giu;
const UNTELLING = /^(?:меньш|больш|ин|остальн|друг|эт|люб|наличи|заказ|желани|необходимост|возможност)/u;
// „На них тоже“ names nothing.
const ON_WHAT = /(?<!\p{L})на\s+(?!(?:них|него|не[её]|это|вс[её]|вас|нас)(?!\p{L}))((?:\p{L}+\s*){1,3})/iu;

// „В пределах города“ is not said by „за город“.
const OUT_OF_TOWN = /(?<!\p{L})за (?:город(?:ом)?|чертой города)(?!\p{L})/giu;
/** The words of a text that name something; no numbers, and nothing that any request is made of. */
export const namingWords = (text: string) =>
  tellingWords(text.replaceAll(OUT_OF_TOWN, 'загород')).filter(
    (each) => !/\d/.test(each) && !isLight(each) && !UNTELLING.test(each),
  );
const ofWords = (text: string, words = namingWords(text)): Condition[] =>
  words.length === 0 ? [] : [{ kind: 'words', text: text.trim(), words }];

/** The conditions that a clause names. */
export function conditionsIn(
  clause: string,
  {
    isOfPrice,
    isOfNotice,
  }: {
    /** Amounts of money are prices then, and bound nothing. */
    isOfPrice: boolean;
    /** „За 12 часов“ is a bound. */
    isOfNotice: boolean;
  },
): Condition[] {
  const counted = BOUNDING.test(clause)
    ? [...quantitiesIn(clause), ...(isOfNotice ? bareUnitsIn(clause) : [])]
    : [];
  const bounds = counted.flatMap((quantity): Condition[] => {
    const start = clause.indexOf(quantity.text);
    const behind = clause.slice(start + quantity.text.length);
    const before = clause.slice(0, Math.max(0, start));
    const isNotice = isOfNotice && NOTICE.test(before);
    const isLeast = isNotice || LEAST.test(before) || LEAST_BEHIND.test(behind);
    const isBound =
      isLeast && start >= 0 && quantity.unit !== 'percent' && !(isOfPrice && quantity.unit === 'rub');
    return isBound ? [{ kind: 'bound', text: `от ${quantity.text}`, quantity, isOfNotice: isNotice }] : [];
  });
  const days: Condition[] = daysIn(clause).size > 0 ? [{ kind: 'days', text: clause.trim() }] : [];
  const cases = isOfPrice ? clause.replaceAll(PURPOSE, ' ') : clause;
  const strict = [
    ...bounds,
    ...days,
    ...[...cases.matchAll(CASE)].flatMap(([text]) => (/\d/.test(text) ? [] : ofWords(text))),
    ...[...clause.matchAll(TO_WHOM)].flatMap(([text]) => ofWords(text)),
  ];
  if (strict.length > 0 || isOfPrice) return strict;
  const [onWhat = ''] = ON_WHAT.exec(clause) ?? [];
  return ofWords(onWhat, tellingWords(onWhat));
}

export function saidIn({ answer, question }: { answer: string; question: string }): Said {
  const words = tellingWords(`${answer}\n${question}`.replaceAll(OUT_OF_TOWN, 'загород'));
  return {
    words,
    things: new Set(words.flatMap((each) => [...defaultLexicon.thingsOf(each)])),
    hasDays: () => daysIn(`${answer}\n${question}`).size > 0,
    stated: once(() => [...quantitiesIn(answer), ...bareUnitsIn(answer)]),
    asked: once(() => [...quantitiesIn(question), ...bareUnitsIn(question)]),
  };
}

/** `clause`: the one of the answer that offers. */
export function isSaid(condition: Condition, said: Said, clause = ''): boolean {
  if (condition.kind === 'days') return said.hasDays();
  if (condition.kind === 'words') {
    return condition.words.some(
      (each) =>
        said.words.some((other) => isSameWord(each, other)) ||
        defaultLexicon.thingsOf(each).some((thing) => said.things.has(thing)),
    );
  }
  const { number, unit, amount = 0 } = condition.quantity;
  const isAlike = (other: Quantity) => other.unit === undefined || unit === undefined || other.unit === unit;
  // „За 3 часа“ is no „за сутки“.
  const isEnough = (other: Quantity) =>
    unit !== undefined && other.unit === unit
      ? (other.amount ?? 0) >= amount
      : Number(other.number) >= Number(number);
  const isEqual = (other: Quantity) =>
    unit !== undefined && other.unit === unit ? other.amount === amount : other.number === number;
  // „За 2–3 дня“ is less than the three days of notice; for less of it a half is given.
  const ofClause =
    condition.isOfNotice === true && !OF_PART.test(clause)
      ? quantitiesIn(clause).filter((each) => each.unit === unit)
      : [];
  if (ofClause.some((other) => !isEnough(other))) return false;
  return (
    said.stated().some((other) => isAlike(other) && isEqual(other)) ||
    said.asked().some((other) => isAlike(other) && isEnough(other))
  );
}
