import { type FormatSection, sectionFor, type Token } from './format-code.ts';
import { digitsAt, placesOf } from './digit-places.ts';
import { formatTime, isOfTime } from './time-format.ts';

type Format = {
  sections: readonly FormatSection[];
  /** Days of the workbook are counted from 1904. */
  isFrom1904: boolean;
};

/** A number as Excel shows it to a Russian: „1 500,50 ₽“, „05.11.2026“. Long ones are said in full, where Excel has „7,9E+10“. */
export function formatNumber(value: number, { sections, isFrom1904 }: Format): string {
  const { section, tellsSign } = sectionFor(sections, value);
  if (section === undefined) return generalText(value);
  if (isOfTime(section)) return formatTime(value, { section, isFrom1904 }) ?? generalText(value);
  const shown = shownBy(section, Math.abs(value));
  const isNegative = value < 0 && !tellsSign && /[1-9]/.test(shown);
  return tidy(`${isNegative ? '-' : ''}${shown}`);
}

const tidy = (text: string) =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(-?)₽ ?(?=\d)(.+)$/su, '$1$2 ₽');

// More digits than a number keeps are noise of the computer's: 0.1 + 0.2 is 0.30000000000000004.
const EXACT_DIGITS = 15;
const MOST_DECIMALS = 10;

/** A number without any format. */
function generalText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const whole = Math.trunc(Math.abs(value)).toString().length;
  const [digits = '', decimals = ''] = roundedTo(
    Math.abs(value),
    Math.min(MOST_DECIMALS, Math.max(2, MOST_DECIMALS + 1 - whole)),
  ).split('.');
  const kept = decimals.replace(/0+$/, '');
  const text = kept === '' ? digits : `${digits},${kept}`;
  return value < 0 && text !== '0' ? `-${text}` : text;
}

/** Rounds what is written, not what the computer holds: 1.005 is 1.01. */
function roundedTo(value: number, decimals: number): string {
  const [digits = '0', exponent = '0'] = value.toExponential(EXACT_DIGITS - 1).split('e');
  const shifted = Math.round(Number(`${digits}e${Number(exponent) + decimals}`));
  if (!Number.isFinite(shifted)) return String(value);
  const text = BigInt(shifted)
    .toString()
    .padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

const CURRENCY = /₽|руб|р\.|[$€]/iu;

function shownBy({ tokens }: FormatSection, value: number): string {
  const has = (wanted: Token['kind']) => tokens.some(({ kind }) => kind === wanted);
  // Fractions and powers of ten, by which nobody sells.
  if (has('exponent') || (has('slash') && has('digit'))) return generalText(value);
  if (!has('digit'))
    return tokens.map((token) => (token.kind === 'general' ? generalText(value) : textOf(token))).join('');
  const places = placesOf(tokens);
  const percents = tokens.filter(({ kind }) => kind === 'percent').length;
  const [digits = '', decimals = ''] = roundedTo(
    (value * 100 ** percents) / 1_000 ** places.thousands,
    places.decimals.length,
  ).split('.');
  const isMoney = CURRENCY.test(tokens.map(textOf).join(''));
  // „1 500,00 ₽“ says no more than „1 500 ₽“.
  const told = isMoney && /^0*$/.test(decimals) ? '' : decimals;
  const shown = digitsAt(tokens, { places, digits, decimals: told });
  return tokens.map((token, at) => shown.get(at) ?? textOf(token)).join('');
}

const TEXTS: Partial<Record<Token['kind'], string>> = { percent: '%', point: '.', slash: '/' };

const textOf = (token: Token) => (token.kind === 'text' ? token.text : (TEXTS[token.kind] ?? ''));
