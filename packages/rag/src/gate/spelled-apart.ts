// „т ы с я ч у“, „п.я.т.ь.с.о.т“: single letters, always with the same between them. Fewer than four may be sizes or initials.
const LETTERS = /(?<![\p{L}\p{N}])\p{L}(?<gap>[ .·•_*~|/-]{1,3})\p{L}(?:\k<gap>\p{L}){2,}(?![\p{L}\p{N}])/gu;
// „ты-ся-чу“
const SYLLABLES =
  /(?<![\p{L}\p{N}-])\p{Script=Cyrillic}{1,3}(?:-\p{Script=Cyrillic}{1,3}){2,}(?![\p{L}\p{N}-])/gu;

/** Words that are written apart to get past a check, as their reader says them. */
export const joinSpelledApart = (text: string): string =>
  text
    .replaceAll(LETTERS, (found) => found.replaceAll(/[^\p{L}]/gu, ''))
    .replaceAll(SYLLABLES, (found) => found.replaceAll('-', ''));
