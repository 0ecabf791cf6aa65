const ENGLISH: Record<string, string> = {
  one: 'один',
  two: 'два',
  three: 'три',
  four: 'четыре',
  five: 'пять',
  six: 'шесть',
  seven: 'семь',
  eight: 'восемь',
  nine: 'девять',
  ten: 'десять',
  eleven: 'одиннадцать',
  twelve: 'двенадцать',
  thirteen: 'тринадцать',
  fourteen: 'четырнадцать',
  fifteen: 'пятнадцать',
  sixteen: 'шестнадцать',
  seventeen: 'семнадцать',
  eighteen: 'восемнадцать',
  nineteen: 'девятнадцать',
  twenty: 'двадцать',
  thirty: 'тридцать',
  forty: 'сорок',
  fifty: 'пятьдесят',
  sixty: 'шестьдесят',
  seventy: 'семьдесят',
  eighty: 'восемьдесят',
  ninety: 'девяносто',
  thousand: 'тысяча',
  grand: 'тысяча',
  million: 'миллион',
};
const HUNDREDS: Record<string, string> = {
  a: 'сто',
  one: 'сто',
  two: 'двести',
  three: 'триста',
  four: 'четыреста',
  five: 'пятьсот',
  six: 'шестьсот',
  seven: 'семьсот',
  eight: 'восемьсот',
  nine: 'девятьсот',
  eleven: 'тысяча сто',
  twelve: 'тысяча двести',
  thirteen: 'тысяча триста',
  fourteen: 'тысяча четыреста',
  fifteen: 'тысяча пятьсот',
  sixteen: 'тысяча шестьсот',
  seventeen: 'тысяча семьсот',
  eighteen: 'тысяча восемьсот',
  nineteen: 'тысяча девятьсот',
};
const ENGLISH_HUNDREDS = /(?<![\p{L}\p{N}])([a-z]+)[\s-]+hundred(?![\p{L}\p{N}])/giu;
const WORD = /(?<![\p{L}\p{N}@.-])[a-z']{3,}(?![\p{L}\p{N}@]|\.[a-z])/giu;

// As Russian is written in Latin letters; the longest first.
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/shch/g, 'щ'],
  [/ch/g, 'ч'],
  [/sh/g, 'ш'],
  [/ts|tz/g, 'ц'],
  [/y[au]|i[au]|j[au]/g, 'я'],
  [/[yj]o/g, 'е'],
  [/y|j/g, 'ы'],
  [/'/g, 'ь'],
];
const LATIN = 'abvgdezikmnoprstcul';
const CYRILLIC = 'абвгдезикмнопрстцул';

const inCyrillic = (word: string) =>
  SOUNDS.reduce((rest, [sound, letter]) => rest.replace(sound, letter), word.toLowerCase()).replaceAll(
    /[a-z]/g,
    (letter) => CYRILLIC[LATIN.indexOf(letter)] ?? letter,
  );

// Most words of an English text begin otherwise.
const BEGINS = /^(?:od|dv|tr|che|p[iyjo]|sh|s[eot]|vo|de|n[ou]|mi|t[iy]|ko|du)/iu;

/** „pyatsot“ leaves out the soft signs of „пятьсот“. */
const spellings = (word: string): string[] => {
  const plain = inCyrillic(word);
  // „ts“ is one sound in „tsena“, two in „pyatsot“.
  return [plain, plain.replaceAll('ц', 'тс')].flatMap((each) => [
    each,
    ...Array.from(each, (_, place) => `${each.slice(0, place + 1)}ь${each.slice(place + 1)}`),
  ]);
};

/** Numerals of English, and of Russian in Latin letters, as Russian ones: „five hundred“, „poltory tysyachi“. */
export const latinNumerals = (text: string, isNumeral: (word: string) => boolean): string =>
  text
    .replaceAll(ENGLISH_HUNDREDS, (found, count: string) => HUNDREDS[count.toLowerCase()] ?? found)
    .replaceAll(
      WORD,
      (word) =>
        ENGLISH[word.toLowerCase()] ??
        (BEGINS.test(word) ? spellings(word).find((each) => isNumeral(each)) : undefined) ??
        word,
    );
