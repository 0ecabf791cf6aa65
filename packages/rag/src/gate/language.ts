const count = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).length;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
const LATIN = /\p{Script=Latin}/gu;
const OTHER_SCRIPT = /(?!\p{Script=Cyrillic}|\p{Script=Latin})\p{L}/gu;
const LATIN_WORD = /\p{Script=Latin}[\p{Script=Latin}\p{N}'-]*/gu;
const CYRILLIC_WORD = /\p{Script=Cyrillic}+/gu;

// A message of fewer letters („ok?“, „128?“) says nothing about its writer's language.
const TELLING_LETTERS = 8;
// Names of goods are Latin in any language; more foreign words than this are a foreign text.
const FOREIGN_WORDS = 3;

const LETTERS = /\p{L}+/gu;
const OTHER_CYRILLIC = /(?![А-яЁё])\p{Script=Cyrillic}/gu;
/**
 * „cто“ with a Latin „c“, „ТЬІСЯЧА“ with an „І“: letters that look like others, so that no check reads the word. A buyer
 * who writes such letters writes another language.
 */
const isDisguised = (word: string, question: string) =>
  /[А-яЁё]/u.test(word) &&
  (/\p{Script=Latin}/u.test(word) ||
    (word.match(OTHER_CYRILLIC) ?? []).some((letter) => !question.includes(letter)));

// Words that no English sentence of some length goes without.
const ENGLISH =
  /(?<![\p{L}])(?:the|is|are|an?|we|you|and|to|for|of|in|it|on|at|from|by|with|or|be|can|our|your|yes|no|not|how|what|where|do|have|this|that|please)(?!\p{L})/iu;
const SAMPLE = 40;
const FEWEST_WORDS = 4;
/** Rules recited in German to somebody who writes English. */
const isOtherLatin = (answer: string, question: string) =>
  languageOf(question) === 'latin' &&
  ENGLISH.test(question) &&
  !ENGLISH.test(answer) &&
  count(answer, LATIN_WORD) >= FEWEST_WORDS &&
  count(answer, LATIN_WORD) > count(answer, CYRILLIC_WORD);

type Language = 'cyrillic' | 'latin';

/** The script that the buyer writes in; Cyrillic where he wrote too little to tell. */
function languageOf(question: string): Language {
  const latin = count(question, LATIN);
  return latin >= TELLING_LETTERS && latin > 2 * count(question, CYRILLIC) ? 'latin' : 'cyrillic';
}

/** A sample of what is in another language than the buyer's and in no source; undefined when all is well. */
export function foreignWording({
  answer,
  question,
  grounds,
}: {
  answer: string;
  question: string;
  grounds: string;
}): string | undefined {
  const other = answer
    .match(OTHER_SCRIPT)
    ?.find((letter) => !grounds.includes(letter) && !question.includes(letter));
  if (other !== undefined) return other;
  const disguised = answer
    .match(LETTERS)
    ?.find((word) => isDisguised(word, question) && !grounds.includes(word));
  if (disguised !== undefined) return disguised;
  const known = `${grounds}\n${question}`.toLowerCase();
  const unknown = (pattern: RegExp) =>
    (answer.match(pattern) ?? []).filter((each) => !known.includes(each.toLowerCase()));
  const [own, foreign] =
    languageOf(question) === 'latin' ? [LATIN_WORD, CYRILLIC_WORD] : [CYRILLIC_WORD, LATIN_WORD];
  if (isOtherLatin(answer, question)) return answer.slice(0, SAMPLE);
  const strange = unknown(foreign);
  const isForeign = strange.length >= FOREIGN_WORDS && strange.length > count(answer, own) / 2;
  return isForeign ? strange.slice(0, FOREIGN_WORDS).join(' ') : undefined;
}
