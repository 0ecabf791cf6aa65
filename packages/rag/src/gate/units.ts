/** Kinds of units whose values may be compared; values are in the base unit of the kind. */
export type UnitKind =
  | 'rub'
  | 'usd'
  | 'eur'
  | 'kzt'
  | 'uah'
  | 'cny'
  /** Which one does not matter: none of ours is. */
  | 'other-money'
  | 'times'
  | 'percent'
  | 'minutes'
  /** A time of day. */
  | 'clock'
  | 'months'
  | 'grams'
  | 'millimetres'
  | 'square-metres'
  | 'cubic-metres'
  | 'millilitres'
  | 'megabytes'
  | 'watts'
  | 'horsepower'
  | 'degrees'
  | 'milliamp-hours'
  | 'pieces';

type Unit = { kind: UnitKind; factor: number };

const END = String.raw`(?![\p{L}\d])`;
const unit = (pattern: string, kind: UnitKind, factor = 1): readonly [RegExp, Unit] => [
  new RegExp(`^(?:${pattern})`, 'iu'),
  { kind, factor },
];

const DAY_MINUTES = 1_440;

// The first that fits counts. A „м“ is a metre only where no letter follows.
const UNITS: readonly (readonly [RegExp, Unit])[] = [
  unit(String.raw`%|процент\p{L}*|проц(?:\.|${END})`, 'percent'),
  unit(String.raw`₽|руб(?:л\p{L}*|\.|${END})|р(?:\.|${END})|rubl?e?s?${END}`, 'rub'),
  unit(String.raw`\$|доллар\p{L}*|(?:usd|dollars?|bucks?)${END}`, 'usd'),
  unit(String.raw`€|евро${END}|eur(?:os?)?${END}`, 'eur'),
  unit(String.raw`коп(?:ейк\p{L}*|еек|\.|${END})`, 'rub', 0.01),
  unit(String.raw`бакс\p{L}*|у\.\s?е\.`, 'usd'),
  unit(String.raw`тенге${END}|kzt${END}|₸`, 'kzt'),
  unit(String.raw`грив(?:ен|н)\p{L}*|uah${END}|₴`, 'uah'),
  unit(String.raw`юан\p{L}*|cny${END}|¥`, 'cny'),
  unit(
    String.raw`лир(?:а|ы|у)?${END}|иен\p{L}{0,2}${END}|фунт\p{L}* стерлинг\p{L}*|£|франк\p{L}{0,2}${END}|(?:byn|btc|gbp|try|usdt)${END}|биткоин\p{L}*|драм(?:ов|а)?${END}|лари${END}|злот\p{L}+|белорусск\p{L}+(?: руб\p{L}*)?`,
    'other-money',
  ),
  unit(String.raw`раз(?:а)?${END}`, 'times'),
  unit(String.raw`секунд\p{L}*|сек(?:\.|${END})`, 'minutes', 1 / 60),
  unit(String.raw`минут\p{L}*|мин(?:\.|${END})`, 'minutes'),
  unit(String.raw`час(?:а|ов|ам|ами|у|ом)?${END}|ч(?:\.|${END})`, 'minutes', 60),
  unit(String.raw`сут(?:ки|ок|кам|ками|ках)${END}`, 'minutes', DAY_MINUTES),
  unit(String.raw`дн(?:я|ей|ям|ями|ях|ю|и|[её]м)${END}|день${END}|дн(?:\.|${END})`, 'minutes', DAY_MINUTES),
  unit(String.raw`недел\p{L}*|нед(?:\.|${END})`, 'minutes', 7 * DAY_MINUTES),
  unit(String.raw`месяц\p{L}*|мес(?:\.|${END})`, 'months'),
  unit(String.raw`год(?:а|у|ом|ов|ам)?${END}|лет${END}`, 'months', 12),
  unit(String.raw`кг(?:\.|${END})|килограмм\p{L}*|кило${END}`, 'grams', 1_000),
  unit(String.raw`грамм\p{L}*|гр?(?:\.|${END})`, 'grams'),
  unit(String.raw`тонн\p{L}*`, 'grams', 1_000_000),
  unit(String.raw`кв\.?\s?м(?:\.|${END})|м2${END}|квадрат(?:н\p{L}* метр)?\p{L}*`, 'square-metres'),
  unit(String.raw`сот(?:ок|ки|ка)${END}`, 'square-metres', 100),
  unit(
    String.raw`куб\.?\s?м(?:\.|${END})|м3${END}|кубометр\p{L}*|куб(?:а|ов|ам|ами|ах|у|е)?${END}`,
    'cubic-metres',
  ),
  unit(String.raw`мм(?:\.|${END})|миллиметр\p{L}*`, 'millimetres'),
  unit(String.raw`см(?:\.|${END})|сантиметр\p{L}*`, 'millimetres', 10),
  unit(String.raw`км(?:\.|${END})|километр\p{L}*`, 'millimetres', 1_000_000),
  unit(String.raw`м(?:\.|${END})|метр\p{L}*`, 'millimetres', 1_000),
  unit(String.raw`дюйм\p{L}*|″|"`, 'millimetres', 25.4),
  unit(String.raw`л\.?\s?с(?:\.|${END})|лошадин\p{L}* сил\p{L}*`, 'horsepower'),
  unit(String.raw`°(?:\s?[cс]${END})?|градус\p{L}*`, 'degrees'),
  unit(String.raw`мл(?:\.|${END})|миллилитр\p{L}*`, 'millilitres'),
  unit(String.raw`л(?:\.|${END})|литр\p{L}*`, 'millilitres', 1_000),
  unit(String.raw`(?:мб|mb)${END}|мегабайт\p{L}*`, 'megabytes'),
  unit(String.raw`(?:гб|gb)${END}|гигабайт\p{L}*|гиг(?:а|ов)?${END}`, 'megabytes', 1_024),
  unit(String.raw`(?:тб|tb)${END}|терабайт\p{L}*`, 'megabytes', 1_048_576),
  unit(String.raw`квт${END}|киловатт\p{L}*`, 'watts', 1_000),
  unit(String.raw`вт${END}|ватт\p{L}*`, 'watts'),
  unit(String.raw`(?:мач|mah)${END}`, 'milliamp-hours'),
  unit(String.raw`шт(?:\.|ук\p{L}*|${END})|экземпляр\p{L}*`, 'pieces'),
];

// „5 рабочих дней“: what kind of days is left to the words.
const ADJECTIVE = /^(?:рабоч|календарн|банковск|полн|цел)\p{L}*\s+/iu;
// With „т. р.“ the money is in the abbreviation itself.
const MULTIPLIERS: readonly (readonly [RegExp, { factor: number; kind?: UnitKind }])[] = [
  [/^т\.?\s?р(?:\.|(?!\p{L}))/iu, { factor: 1_000, kind: 'rub' }],
  [/^(?:тыс(?:\.|яч\p{L}*|(?!\p{L}))|[кk](?![\p{L}\d]|\s+\d))/iu, { factor: 1_000 }],
  [/^(?:млн(?:\.|(?!\p{L}))|миллион\p{L}*)/iu, { factor: 1_000_000 }],
];

export type Measure = { factor: number; unit: Unit | undefined; length: number };

/** What stands behind a number: a multiplier, a unit, both or neither; `length` is how much of the text that is. */
export function readMeasure(text: string): Measure {
  let rest = text.trimStart();
  let factor = 1;
  for (const [pattern, multiplier] of MULTIPLIERS) {
    const found = pattern.exec(rest);
    if (found === null) continue;
    factor = multiplier.factor;
    rest = rest.slice(found[0].length);
    if (multiplier.kind !== undefined) {
      return { factor, unit: { kind: multiplier.kind, factor: 1 }, length: text.length - rest.length };
    }
    rest = rest.trimStart();
    break;
  }
  const afterMultiplier = rest;
  rest = rest.replace(ADJECTIVE, '');
  for (const [pattern, found] of UNITS) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    return { factor, unit: found, length: text.length - rest.length + match[0].length };
  }
  return { factor, unit: undefined, length: factor === 1 ? 0 : text.length - afterMultiplier.length };
}

/** „год гарантии“, „за сутки“: a unit without a number before it stands for one. */
export const BARE_UNIT =
  /(?<!\d[\s-]?)(?<!\p{L})(?:год|месяц|недел[яюи]|сутки|день|час|минут[ау])(?!\p{L})/giu;
