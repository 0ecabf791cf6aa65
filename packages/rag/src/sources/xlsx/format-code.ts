/** A piece of a format code; what is none of the others is text that stands as it is. */
export type Token =
  | { kind: 'text'; text: string }
  /** `0`, `#` or `?`: the place of a digit. */
  | { kind: 'digit'; text: string }
  /** A run of `y`, `m`, `d`, `h` or `s`, or one of `h`, `m`, `s` in brackets, which is not of a day but counts on. */
  | { kind: 'time'; text: string; isElapsed: boolean }
  | { kind: 'point' | 'comma' | 'slash' | 'percent' | 'general' | 'exponent' | 'noon' };

type Comparison = { sign: string; than: number };

/** Of a code „positive;negative;zero“, or of one „[<100]…;…“. */
export type FormatSection = {
  tokens: readonly Token[];
  condition?: Comparison | undefined;
  /** Dates at length, as the system of whoever looks shows them. */
  isLongDate: boolean;
};

// Excel takes no longer ones.
const MAX_CODE = 255;
const TOKEN =
  /"(?<quoted>[^"]*)"?|\\(?<escaped>.)|_(?<space>.)|\*.|\[(?<brackets>[^\]]*)\]?|(?<general>general)|(?<noon>am\/pm|a\/p)|(?<exponent>e[+-])|(?<time>y+|m+|d+|h+|s+)|(?<digit>[0#?])|(?<sign>[.,/%@;])|(?<other>.)/gisu;
const COMPARISON = /^([<>]=?|=|<>)(-?\d+(?:\.\d+)?)$/;
const SIGNS = {
  '.': 'point',
  ',': 'comma',
  '/': 'slash',
  '%': 'percent',
  '@': 'general',
} as const;

/** The sections of a number format as files hold it, which is the English way whoever wrote it: „#,##0.00\ "₽"“. */
export function formatSections(code: string): FormatSection[] {
  const sections: { tokens: Token[]; condition?: Comparison; isLongDate: boolean }[] = [
    { tokens: [], isLongDate: false },
  ];
  for (const { groups = {} } of (code === '' ? 'General' : code).slice(0, MAX_CODE).matchAll(TOKEN)) {
    const { quoted, escaped, space, brackets, time, digit, sign, other } = groups;
    const section = sections.at(-1);
    if (sign === ';') sections.push({ tokens: [], isLongDate: false });
    else if (brackets !== undefined && section !== undefined) readBrackets(brackets, section);
    else if (time !== undefined)
      section?.tokens.push({ kind: 'time', text: time.toLowerCase(), isElapsed: false });
    else if (digit !== undefined) section?.tokens.push({ kind: 'digit', text: digit });
    else if (sign !== undefined) section?.tokens.push({ kind: SIGNS[sign as keyof typeof SIGNS] });
    else if (groups['general'] !== undefined) section?.tokens.push({ kind: 'general' });
    else if (groups['noon'] !== undefined) section?.tokens.push({ kind: 'noon' });
    else if (groups['exponent'] !== undefined) section?.tokens.push({ kind: 'exponent' });
    else
      section?.tokens.push({
        kind: 'text',
        text: quoted ?? escaped ?? (space === undefined ? (other ?? '') : ' '),
      });
  }
  return sections;
}

/** „[$₽-419]“, „[<=9999999]“, „[h]“; colours say nothing. */
function readBrackets(
  text: string,
  section: { tokens: Token[]; condition?: Comparison; isLongDate: boolean },
): void {
  const comparison = COMPARISON.exec(text);
  if (comparison !== null) section.condition = { sign: comparison[1] ?? '', than: Number(comparison[2]) };
  else if (/^(?:h+|m+|s+)$/i.test(text))
    section.tokens.push({ kind: 'time', text: text.toLowerCase(), isElapsed: true });
  else if (/^\$-F800$/i.test(text)) section.isLongDate = true;
  else if (text.startsWith('$'))
    section.tokens.push({ kind: 'text', text: text.slice(1).replace(/-.*$/s, '') });
}

/** „;;;“: whoever wrote it wants nothing to be seen. */
export const showsNothing = (sections: readonly FormatSection[]) =>
  sections.length > 3 && sections.every(({ tokens }) => tokens.length === 0);

/** The section that a number is shown by, and whether it says by itself that the number is negative. */
export function sectionFor(
  sections: readonly FormatSection[],
  value: number,
): { section: FormatSection | undefined; tellsSign: boolean } {
  const [first, second, third] = sections;
  if (sections.slice(0, 2).some(({ condition }) => condition !== undefined)) {
    const section = sections
      .slice(0, 3)
      .find(({ condition }) => condition === undefined || holds(condition, value));
    return { section, tellsSign: false };
  }
  if (value < 0 && second !== undefined) return { section: second, tellsSign: true };
  return { section: value === 0 && third !== undefined ? third : first, tellsSign: false };
}

function holds({ sign, than }: Comparison, value: number): boolean {
  if (sign === '<>') return value !== than;
  if (value === than) return sign.includes('=');
  return sign.startsWith(value < than ? '<' : '>');
}
