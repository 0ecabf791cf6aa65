import { cleanText } from '../text/normalize.ts';

/** What can be checked of a text: everything a buyer might pay, dial, write to or click. In canonical form. */
export type Facts = { numbers: string[]; phones: string[]; emails: string[]; links: string[] };

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const LINK =
  /(?:https?:\/\/|www\.)[^\s<>"«»]+|(?<![\p{L}\p{N}@.])(?:[\p{L}\p{N}-]+\.)+(?:рф|[a-z]{2,24})(?![\p{L}\p{N}])(?:\/[^\s<>"«»]*)?|(?<![\p{L}\p{N}])@[a-z]\w{3,}/giu;
const PHONE = /(?<![\p{L}\d])\+?\d(?:[\s().–-]{0,3}\d){9,13}(?!\d)/gu;
const LIST_NUMBER = /^\s*\d{1,2}[.)]\s/gmu;
// Digits of other scripts: no source of ours has them, so they never pass.
const FOREIGN_DIGITS = /[^\P{N}0-9]+/gu;
// A number with its thousands apart, a time, a date or a decimal; then an optional „thousand“ or „million“.
const NUMBER =
  /(\d{1,3}(?:[ \u00A0\u202F']\d{3})+(?!\d)|\d+)((?:[.,:/]\d+)*)(?:\s?(тыс|т\.?\s?р|млн|к(?!\p{L}))\.?)?/giu;

/** Every number, phone, e-mail address and link of a text, each in a form in which equal ones are equal texts. */
export function factsIn(text: string): Facts {
  let rest = cleanText(text).replaceAll(LIST_NUMBER, ' ');
  const take = (pattern: RegExp): string[] => {
    const found = rest.match(pattern) ?? [];
    rest = rest.replaceAll(pattern, ' ; ');
    return [...found];
  };
  const emails = take(EMAIL).map((email) => email.toLowerCase());
  const links = take(LINK).map(canonicalLink);
  const phones = take(PHONE).map(canonicalPhone);
  const numbers = [
    ...take(FOREIGN_DIGITS),
    ...[...rest.matchAll(NUMBER)].map((match) => canonicalNumber(match)),
  ];
  return { numbers, phones, emails, links };
}

function canonicalLink(link: string): string {
  return link
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[.,;:!?)\]]+$/, '')
    .replace(/\/$/, '');
}

function canonicalPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
}

/** „42 990“ → 42990, „43 тыс.“ → 43000, „10:00“ → 10, „05“ → 5, „3,50“ → 3.5. */
function canonicalNumber([, whole = '', fraction = '', unit]: RegExpMatchArray): string {
  const digits = whole.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '');
  const tail = fraction
    .replaceAll(',', '.')
    .replace(/^:00$/, '')
    .replace(/^(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  if (unit === undefined || /[:/]/.test(tail)) return `${digits}${tail}`;
  const factor = unit.toLowerCase() === 'млн' ? 1_000_000 : 1_000;
  return String(Math.round(Number(`${digits}${tail}`) * factor));
}
