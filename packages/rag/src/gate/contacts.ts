/** Everything a buyer might dial, write to or click, in canonical form, and the text without it. */
export type Contacts = { phones: string[]; emails: string[]; links: string[]; rest: string };

// Also as they are written to get past filters: „shop собака mail точка ru“, „shop [at] mail (.) ru“.
const DISGUISED_AT = /\s?[([{<]\s?(?:@|at|a|собак[аи]|собачк[аи]|эт)\s?[)\]}>]\s?/giu;
const DISGUISED_DOT = /\s?[([{<]\s?(?:\.|dot|точка)\s?[)\]}>]\s?/giu;
const SPACED_AT = /(?<=[a-z0-9])(?:\s+@\s*|@\s+|\s+at\s+)(?=[a-z0-9-]+(?:\.|\sdot\s)[a-z])/giu;
// „evil . com“, „evil,com“: between Latin letters, before what ends an address.
const SPACED_DOT =
  /(?<=[a-z0-9-])(?:\s+\.\s*|\s*,\s*|\.\s+)(?=(?:com|ru|net|org|su|info|biz|shop|store|online|site|top|xyz|me|io|app|рф)(?![\p{L}\p{N}]))/giu;
// „evil·com“, „evil▪ru“: a sign that looks like the full stop of an address.
const LOOK_ALIKE_DOT =
  /(?<=[\p{L}\p{N}-])[·•‧∙⋅・｡。▪●○◦⚫|*~^°](?=(?:com|ru|net|org|su|info|biz|shop|store|online|site|top|xyz|me|io|app|рф|ру|ком)(?![\p{L}\p{N}]))/giu;
// „evil . r u“
const SPACED_END = /(?<=[a-z\d-]\s?\.\s?)(?:r u|c o m|n e t|o r g)(?!\p{L})/giu;
const undisguised = (text: string) =>
  text
    .replaceAll(SPACED_END, (found) => found.replaceAll(' ', ''))
    .replaceAll(LOOK_ALIKE_DOT, '.')
    .replaceAll('。', '.')
    .replaceAll(DISGUISED_AT, '@')
    .replaceAll(DISGUISED_DOT, '.')
    .replaceAll(SPACED_DOT, '.')
    .replaceAll(SPACED_AT, '@');

const SPOKEN_AT = String.raw`\s(?:знак\s)?(?:собак[аи]|собачк[аи])\s`;
const AT = String.raw`(?:@|${SPOKEN_AT})`;
const DOT = String.raw`(?:\.|\s(?:точка|тчк|dot)\s)`;
// As long as addresses may be. Without a bound a long word is read anew from each of its letters.
const NAME = String.raw`[\p{L}\p{N}._%+-]{1,64}`;
const LABEL = String.raw`[\p{L}\p{N}-]{1,63}`;
const DOMAIN = String.raw`(?:${LABEL}\.){1,126}`;
const EMAIL = new RegExp(String.raw`${NAME}${AT}[\p{L}\p{N}-]+(?:${DOT}[\p{L}\p{N}-]+)+`, 'giu');
const TOP_LEVEL = String.raw`(?:рф|рус|ру|ком|орг|москва|сайт|онлайн|дети|бел|укр|қаз|[a-z]{2,24})(?![\p{L}\p{N}])`;
const SPOKEN_TOP_LEVEL = 'ру|ком|онлайн|сайт|нет|орг|инфо|шоп|су|москва|дети|рус|про|биз|net|store';
const LINK = new RegExp(
  [
    String.raw`(?:https?:\/\/|www\.)[^\s<>"«»]+`,
    String.raw`(?<![\p{L}\p{N}@.])${DOMAIN}${TOP_LEVEL}(?:\/[^\s<>"«»]*)?`,
    String.raw`(?<![\p{L}\p{N}])${LABEL}\s(?:точка|тчк|dot)\s(?:${SPOKEN_TOP_LEVEL}|рф|[a-z]{2,6})(?![\p{L}\p{N}])`,
    // „mail ру“: no word of Russian
    String.raw`(?<![\p{L}\p{N}])${LABEL}\s(?:ру|ком)(?![\p{L}\p{N}])`,
    String.raw`(?<![\p{L}\p{N}])@[a-z]\w{3,}`,
  ].join('|'),
  'giu',
);
const PHONE = /(?<![\p{L}\d])\+?\d(?:[\s().–-]{0,3}\d){9,13}(?!\d)/gu;

/** Reads them in the order in which they contain each other: an address holds a domain, a link may hold digits. */
export function contactsIn(cleaned: string): Contacts {
  let rest = undisguised(cleaned);
  const take = (pattern: RegExp): string[] => {
    const found = rest.match(pattern) ?? [];
    rest = rest.replaceAll(pattern, ' ; ');
    return [...found];
  };
  const emails = take(EMAIL).map(canonicalEmail);
  const links = take(LINK).map(canonicalLink);
  const phones = take(PHONE).map(canonicalPhone);
  return { phones, emails, links, rest };
}

const canonicalEmail = (email: string) =>
  email
    .toLowerCase()
    .replaceAll(new RegExp(SPOKEN_AT, 'gu'), '@')
    .replaceAll(/\s(?:точка|тчк|dot)\s/gu, '.')
    .replaceAll(/\s/g, '');

function canonicalLink(link: string): string {
  return link
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replaceAll(/\s(?:точка|тчк|dot)\s/gu, '.')
    .replace(/(?<![.,;:!?)\]])[.,;:!?)\]]+$/, '')
    .replace(/\/$/, '');
}

function canonicalPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
}
