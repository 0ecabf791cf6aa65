const ORDINALS: readonly (readonly [string, number])[] = [
  ['перв', 1],
  ['втор', 2],
  ['трет', 3],
  ['четв[её]рт', 4],
  ['пят', 5],
  ['шест', 6],
  ['седьм', 7],
  ['восьм', 8],
  ['девят', 9],
  ['десят', 10],
  ['одиннадцат', 11],
  ['двенадцат', 12],
  ['тринадцат', 13],
  ['четырнадцат', 14],
  ['пятнадцат', 15],
  ['шестнадцат', 16],
  ['семнадцат', 17],
  ['восемнадцат', 18],
  ['девятнадцат', 19],
  ['двадцат', 20],
  ['тридцат', 30],
];
// „тридцатое ноября“, „двадцать первого мая“: a day is an ordinal, and only before a month.
const DAY_WORD = new RegExp(
  `(?<!\\p{L})(?:(двадцать|тридцать)\\s+)?(${ORDINALS.map(([stem]) => stem).join('|')})(?:ого|ое|ому|ым|ьего|ье|ий|ый)(?=\\s+(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр))`,
  'giu',
);

const TENS = new Map<string | undefined, number>([
  ['двадцать', 20],
  ['тридцать', 30],
]);

function dayOfMonth(_: string, tens: string | undefined, stem: string): string {
  const [, ones = 0] = ORDINALS.find(([each]) => new RegExp(`^${each}$`, 'iu').test(stem)) ?? [];
  return String(ones + (TENS.get(tens?.toLowerCase()) ?? 0));
}

/** „тридцатого ноября“ → „30 ноября“. */
export const daysToFigures = (text: string) => text.replaceAll(DAY_WORD, dayOfMonth);
