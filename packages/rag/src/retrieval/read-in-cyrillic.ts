import { isLight } from '../lexicon/light-words.ts';
import { defaultLexicon } from '../lexicon/lexicon.ts';
import { withoutFillers } from './filler-words.ts';
import { asTyped } from './other-scripts.ts';

/** How Latin letters stand for Russian ones in chats; the likeliest reading first. Longer ones are tried first. */
const READINGS: readonly (readonly [latin: string, readings: readonly string[]])[] = [
  ['est', ['есть', 'ест']], ['shch', ['щ']],
  ['sch', ['щ', 'сч']], ['sh', ['ш']], ['ch', ['ч']], ['zh', ['ж']], ['kh', ['х']], ['ts', ['ц', 'тс']],
  ['yu', ['ю']], ['ju', ['ю']], ['iu', ['ю']], ['ya', ['я']], ['ja', ['я']], ['ia', ['ия', 'я']], ['yo', ['е']],
  ['jo', ['е']], ['ye', ['ые', 'е']], ['je', ['е']], ['iy', ['ий']], ['yy', ['ый']], ['a', ['а']], ['b', ['б']],
  ['c', ['ц', 'к', 'с']], ['d', ['д']], ['e', ['е', 'э']], ['f', ['ф']], ['g', ['г', 'ж']], ['h', ['х']],
  ['i', ['и', 'й']], ['j', ['ж', 'й']], ['k', ['к']], ['l', ['л', 'ль']], ['m', ['м']], ['n', ['н', 'нь']],
  ['o', ['о']], ['p', ['п']], ['q', ['к']], ['r', ['р']], ['s', ['с']], ['t', ['т', 'ть']], ['u', ['у', 'ю']],
  ['v', ['в']], ['w', ['ш', 'в']], ['x', ['х', 'кс']], ['y', ['ы', 'й', 'и']], ['z', ['з']], ['4', ['ч']], ["'", ['ь']],
]; // prettier-ignore
const MOST_READINGS = 64;
/** Nobody asks in longer words, and a longer message is a pasted text. */
const LONGEST_WORD = 24;
const MOST_WORDS = 40;
/** Those that name nothing and that neither lexicon nor fillers have. */
const PREPOSITION = /^(?:на|из|от|к|ко|об|для|при|под|без|про|через|во|со|так|то)$/u;
/** Shorter words are Russian ones by chance. */
const SHORTEST_PROOF = 4;

/**
 * A message without a Cyrillic letter as it was meant: typed with the keyboard switched to Latin, or Russian in Latin
 * letters. Of the latter only words that are known are read so: names stay in the letters that a base may have. What is
 * neither stays as it is.
 */
export function readInCyrillic(text: string): string {
  if (!/[a-z]/iu.test(text) || /\p{Script=Cyrillic}|:\/\/|@/u.test(text)) return text;
  const tokens = tokensOf(text);
  if (tokens.length > MOST_WORDS) return text;
  const read = readingsOf(tokens);
  const isByKeyboard = read.size === 0 && !tokens.some(isNamed) && isProved(tokens.map(typedToken));
  if (isByKeyboard) return withTokens(text, typedToken);
  const words = tokens.filter((token) => /[a-z]{2}/u.test(token));
  const known = words.filter((token) => read.has(token));
  // Fewer than half of them are Russian by chance: „iphone 13 pro max“.
  return known.length > 0 && 2 * known.length >= words.length
    ? withTokens(text, (token) => read.get(token) ?? token)
    : text;
}

const isProved = (words: readonly string[]) =>
  words.some((word) => bare(word).length >= SHORTEST_PROOF && isRussian(bare(word)));

const TOKEN = /[^\s?!]+/gu;
const tokensOf = (text: string): string[] => text.toLowerCase().match(TOKEN) ?? [];
const withTokens = (text: string, read: (token: string) => string) =>
  text.toLowerCase().replaceAll(TOKEN, read);

const AT_END = /[.,;:)]+$/u;
const bare = (token: string) => token.replace(AT_END, '');

/** As the keys read; „wtyf,“ is „цена,“, because „ценаб“ is no word. */
function typedToken(token: string): string {
  const whole = asTyped(token);
  const core = bare(token);
  return core === token || isRussian(whole) ? whole : asTyped(core) + token.slice(core.length);
}

function readingsOf(tokens: readonly string[]): Map<string, string> {
  const read = new Map<string, string>();
  for (const token of tokens) {
    const reading = readingOf(token);
    if (reading !== undefined) read.set(token, reading);
  }
  return read;
}

/** The first known word that a token in Latin letters may be, with what stands behind it. */
function readingOf(token: string): string | undefined {
  const core = bare(token);
  if (core.length > LONGEST_WORD || !/^[a-z][a-z4']*$/u.test(core) || isNamed(core)) return undefined;
  const known = readings(core).find(isRussian);
  return known === undefined ? undefined : known + token.slice(core.length);
}

function readings(word: string, before = ''): string[] {
  if (word === '') return [''];
  const [latin, all] = READINGS.find(([each]) => word.startsWith(each)) ?? [word[0] ?? '', []];
  const letters = latin === 'y' && /[aeiou]$/u.test(before) ? ['й'] : all;
  const rest = readings(word.slice(latin.length), latin);
  return letters.flatMap((letter) => rest.map((end) => letter + end)).slice(0, MOST_READINGS);
}

/** A word of the lexicon as it stands: a brand, „hello“. */
const isNamed = (token: string) =>
  defaultLexicon.thingsOf(bare(token)).length > 0 || withoutFillers([bare(token)]).length === 0;

const isRussian = (word: string) =>
  PREPOSITION.test(word) ||
  isLight(word) ||
  defaultLexicon.thingsOf(word).length > 0 ||
  withoutFillers([word]).length === 0;
