import { numeralsToFigures } from './numerals.ts';
import { BARE_UNIT, readMeasure, type UnitKind } from './units.ts';

/** A number of a text with its unit. */
export type Quantity = {
  /** As written, for the owner. */
  text: string;
  /** Canonical form of the number alone: „42 990“ → 42990, „43 тыс.“ → 43000, „10:00“ → 10, „3,50“ → 3.5. */
  number: string;
  /** Undefined where none is written; then the words around must tell. */
  unit: UnitKind | undefined;
  /** In the base unit; only with a unit. */
  amount: number | undefined;
  /** Where in the text it stands. */
  index: number;
};

const LIST_NUMBER = /^\s*\d{1,2}[.)]\s/gmu;
// Digits of other scripts: no source of ours has them, so they never pass.
const FOREIGN_DIGITS = /[^\P{N}0-9]+/gu;
// Nor do letters count money: „lOOO рублей“, „Ⅿ рублей“, „thousand rubles“.
const LETTERS_AS_AMOUNT =
  /(?<![\p{L}\p{N}])\p{Script=Latin}+(?=\s*(?:₽|руб(?:л\p{L}*|\.)?(?!\p{L})|р\.|тыс|%|процент)|\s+(?:rub(?:l?e?s?|le[yj])|dollars?|euros?)(?![a-z]))/giu;
// A number with its thousands apart, a time or a decimal.
const NUMBER = /(\d{1,3}(?:[ ']\d{3})+(?!\d)|\d+)((?:[.,:/]\d+)*)/gu;
// „20 м²“ and „за м³“, which cleaning writes as „20 м2“ and „за м3“, hold no second number; „М3“ is a name.
const EXPONENT = /^[23]$/u;
const MEASURED = /(?:[\d/]\s?[ксд]?м$)|(?<!\p{L})м$/u;
// „iPhone 13 128 ГБ“ holds two numbers: after a Latin name the gap parts no thousands.
const MODEL_NUMBER =
  /(?<=[a-z]\s?)(?<!(?<![a-z])(?:costs?|is|are|for|at|from|to|about|price)\s)(\d{1,2}) (?=\d{3}(?!\d))/giu;
// „11,900 rubles“, as English has it: money has no thousandths.
const ENGLISH_THOUSANDS = /(?<=(?<![\d.,])\d{1,3}),(?=\d{3}\s?(?:₽|руб|rub))/giu;
const CURRENCY_BEFORE = /[$€₽]\s?$/u;
const currencies: Record<string, UnitKind> = { $: 'usd', '€': 'eur', '₽': 'rub' };
// „за 5000“, „стоит 350“: an amount of money without its unit.
const PRICE_BEFORE =
  /(?:(?<!\p{L})(?:за|стоит|стоят|стоимость|цен[аыу]|ценой|обойд[её]тся|отдам|отдадим|итого|всего|скидк\p{L}+|уступлю|уступим)(?: (?:до|по|на|в|около|примерно|от|всего|составит|составляет|будет))?|(?<!\p{L})по)[\s:—–-]*$/iu;
const LEAST_PRICE = 100;
// „Стелька, мм: 240“, „Вес (кг): 5“: tables name the unit in the head of a column.
const UNIT_BEFORE = /[,(]\s?([^\s,():;\d]{1,8})\)?\s?:\s(?:\d+(?:[.,]\d+)?\s?[–-]\s?)?$/u;
// „в 9 часов“, „до 18 ч“: a time of day, which sources write as „9:00“.
const TIME_BEFORE = /(?<!\p{L})(?:в|с|до|к|после|около|от)\s*$/iu;
// „2–3 дня“, „от 500 до 1000 ₽“: the first takes the unit of the second.
const RANGE_BETWEEN = /^\s*(?:[–—-]|до|или|\.\.\.?|…|\/)?\s*\+?$/iu;
// „От 1 300 и от 3 500 ₽“
const LISTED_PRICES = /^\s*и\s+(?:от|до|по)\s+$/iu;
const WIDEST_RANGE = 50;
const LATIN_NAME_BEFORE = /[a-z]{2}\s$/iu;
// „10:00“; „3.50“ is a price.
const CLOCK = /^([01]?\d|2[0-4]):([0-5]\d)$/u;
const MIDNIGHT = 1_440;
const isYear = (value: number) => value >= 1_900 && value <= 2_100;

// Further back nothing is looked for; a number has a text before it, and a text may have a thousand numbers.
const NEAR = 300;
const before = (text: string, index: number, most = NEAR) => text.slice(Math.max(0, index - most), index);

/** Every number of a text that is no contact and no date. */
export function quantitiesIn(cleaned: string): Quantity[] {
  const text = numeralsToFigures(
    // The apostrophe parts thousands too, and no model number from what follows it.
    cleaned.replaceAll(LIST_NUMBER, ' ').replaceAll(ENGLISH_THOUSANDS, "'"),
  ).replaceAll(MODEL_NUMBER, '$1; ');
  const foreign = [...text.matchAll(FOREIGN_DIGITS), ...text.matchAll(LETTERS_AS_AMOUNT)].map(
    ({ 0: found, index }) => ({
      text: found,
      number: found,
      unit: undefined,
      amount: undefined,
      index,
    }),
  );
  const matches = [...text.matchAll(NUMBER)].filter(
    ({ 0: digits, index }) => !(EXPONENT.test(digits) && MEASURED.test(before(text, index))),
  );
  const read = matches.map((match) => readQuantity(text, match));
  const ranged = read.map((quantity, place) => {
    const match = matches[place];
    const next = read[place + 1];
    if (match === undefined || next === undefined || quantity.measured || next.unit === undefined)
      return quantity;
    const between = text.slice(match.index + match[0].length, next.index);
    const isListed =
      LISTED_PRICES.test(between) && next.unit === 'rub' && Number(quantity.number) >= LEAST_PRICE;
    if ((!RANGE_BETWEEN.test(between) && !isListed) || between === '') return quantity;
    // „на 4 3 часа“ are two amounts, „2 3 дня“ is one.
    if (between.trim() === '' && Number(next.number) <= Number(quantity.number)) return quantity;
    // „Navigator 500 — 24 900 ₽“
    if (/\s[—–-]\s/u.test(between) && LATIN_NAME_BEFORE.test(before(text, match.index))) return quantity;
    // „дом 17 — 32 000 ₽“ parts a name from its price.
    if (/\s[—–-]\s/u.test(between) && Number(next.number) > WIDEST_RANGE * Number(quantity.number))
      return quantity;
    // „От 5 до 9 тысяч рублей“
    const thousands = Number(quantity.number) * next.factor;
    const isOfThousands = between.trim() !== '' && thousands <= Number(next.number);
    const number = isOfThousands ? String(thousands) : quantity.number;
    return { ...quantity, number, unit: next.unit, amount: Number(number) * next.scale };
  });
  return [
    ...foreign,
    ...ranged.map(({ text: written, number, unit, amount, index }) => ({
      text: written,
      number,
      unit,
      amount,
      index,
    })),
  ];
}

// „1 200 ₽ в сутки“ is a rate, „раз в год“ a frequency: neither is a term.
const RATE_BEFORE = /(?:(?:₽|руб\p{L}*\.?|(?<!\p{L})р\.?)\s*(?:\/|за|на)?|(?<!\p{L})в|\/|кажд\p{L}+)\s*$/iu;

/** Units that stand for one: what a source means with „гарантия год“. */
export function bareUnitsIn(cleaned: string): Quantity[] {
  const text = numeralsToFigures(cleaned);
  return [...text.matchAll(BARE_UNIT)].flatMap(({ 0: word, index }) => {
    const { unit } = readMeasure(word);
    if (unit === undefined || RATE_BEFORE.test(before(text, index))) return [];
    return [{ text: word, number: '1', unit: unit.kind, amount: unit.factor, index }];
  });
}

// „в час ночи“ and „в год“ say no term.
const TERM_BEFORE = /(?<!\p{L})(?:за|через|в течение|до|около|примерно|всего|гарантия|гарантию|на)\s+$/iu;
// „Гарантия на ремонт год.“
const TERM_OF = /гарант|хран|срок|занима|дли(?:тся|тельн)|действ/iu;
const SENTENCE_END = /[.!?]/gu;
const CLAUSE_END = /^\s*(?:[.,;!?)]|$)/u;

/** Those of them that an answer claims as a term: „через неделю“, „гарантия год“. */
export function bareTermsIn(cleaned: string): Quantity[] {
  const text = numeralsToFigures(cleaned);
  const ends = [...text.matchAll(SENTENCE_END)].map(({ index }) => index);
  return bareUnitsIn(cleaned).filter(({ index, text: { length } }) => {
    if (TERM_BEFORE.test(before(text, index))) return true;
    const isTermOf = () => TERM_OF.test(text.slice((ends.findLast((end) => end < index) ?? -1) + 1, index));
    return /\s/u.test(text.charAt(index - 1)) && CLAUSE_END.test(text.slice(index + length)) && isTermOf();
  });
}

type Read = Quantity & { measured: boolean; scale: number; factor: number };

function readQuantity(text: string, match: RegExpExecArray): Read {
  const { index } = match;
  const [found, whole = '', fraction = ''] = match;
  const near = before(text, index, 40);
  const { factor, unit, length } = readMeasure(text.slice(index + found.length));
  const number = canonical({ whole, fraction, factor });
  const written = text.slice(index, index + found.length + length).trim();
  const plain = { text: written, number, index, measured: false, scale: 1, factor };

  const prefix = CURRENCY_BEFORE.exec(near)?.[0].trim();
  const currency = prefix === undefined ? undefined : currencies[prefix];
  if (currency !== undefined) {
    return { ...plain, text: `${prefix}${written}`, unit: currency, amount: Number(number), measured: true };
  }
  const clock = unit === undefined ? CLOCK.exec(`${whole}${fraction}`) : null;
  if (clock !== null) {
    const [, hours, minutes] = clock;
    // Midnight is „24:00“ and „00:00“.
    const amount = (Number(hours) * 60 + Number(minutes)) % MIDNIGHT;
    return { ...plain, unit: 'clock', amount, measured: true, scale: 60 };
  }
  const isCalendarYear = unit !== undefined && /^(?:months|grams)$/.test(unit.kind) && isYear(Number(number));
  const isTimeOfDay = unit?.kind === 'minutes' && unit.factor === 60 && TIME_BEFORE.test(near);
  if (unit !== undefined && !isCalendarYear && !isTimeOfDay && Number.isFinite(Number(number))) {
    const amount = rounded(Number(number) * unit.factor);
    return { ...plain, unit: unit.kind, amount, measured: true, scale: unit.factor };
  }
  const [, label = ''] = UNIT_BEFORE.exec(near) ?? [];
  const labelled = readMeasure(label).unit;
  if (unit === undefined && labelled !== undefined && Number.isFinite(Number(number))) {
    const amount = rounded(Number(number) * labelled.factor);
    return { ...plain, unit: labelled.kind, amount, measured: true, scale: labelled.factor };
  }
  if (unit === undefined && Number(number) >= LEAST_PRICE && PRICE_BEFORE.test(near)) {
    return { ...plain, unit: 'rub', amount: Number(number) };
  }
  return { ...plain, unit: undefined, amount: undefined };
}

function canonical({ whole, fraction, factor }: { whole: string; fraction: string; factor: number }): string {
  const digits = whole.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '');
  const tail = fraction
    .replaceAll(',', '.')
    .replace(/^:00$/, '')
    .replace(/^(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  if (factor === 1 || /[:/]/.test(tail)) return `${digits}${tail}`;
  return String(rounded(Number(`${digits}${tail}`) * factor));
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
