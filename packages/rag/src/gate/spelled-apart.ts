// „т ы с я ч у“, „п.я.т.ь.с.о.т“: single letters, always with the same between them. Fewer than four may be sizes or initials.
const LETTERS = /(?<![\p{L}\p{N}])\p{L}(?<gap>[ .·•_*~|/-]{1,3})\p{L}(?:\k<gap>\p{L}){2,}(?![\p{L}\p{N}])/gu;
// „ты-ся-чу“
const SYLLABLES =
  /(?<![\p{L}\p{N}-])\p{Script=Cyrillic}{1,3}(?:-\p{Script=Cyrillic}{1,3}){2,}(?![\p{L}\p{N}-])/gu;

// „с т о“
const SHORT_NUMERALS =
  /(?<![\p{L}\p{N}])(?:с(?<gap>[ .·•_*~|/-])т\k<gap>[оа]|(?:д(?<dash>[ .·•_*~|/-])в\k<dash>[ае]|т(?<dot>[ .·•_*~|/-])р\k<dot>и))(?![\p{L}\p{N}])/giu;

/** Words that are written apart to get past a check, as their reader says them. */
export const joinSpelledApart = (text: string): string =>
  text
    .replaceAll(SHORT_NUMERALS, (found) => found.replaceAll(/[^\p{L}]/gu, ''))
    .replaceAll(LETTERS, (found) => found.replaceAll(/[^\p{L}]/gu, ''))
    .replaceAll(SYLLABLES, (found) => found.replaceAll('-', ''));
