const VOWEL = 'аеиоуыэюя';
const CONSONANT = 'бвгджзклмнпрстфхцчшщ';
/** „Кошек“, „чехол“, „ноготь“, „перец“: the vowel before the last consonant goes with another ending. */
const WITH_VOWEL = new RegExp(`^(\\p{L}*[${CONSONANT}])[ое]([клнрцт])ь?$`, 'u');
/** „Кошка“, „чехлы“, „окнами“: it may stand between the last two consonants without one. */
const WITHOUT_VOWEL = new RegExp(
  `^(\\p{L}*[${VOWEL}]\\p{L}*?[${CONSONANT}])([клнрцт])(?:а|у|е|и|ы|о|ой|ою|ом|ам|ами|ах|я|ю|ем|ям|ями|ях|ов|ей)$`,
  'u',
);
const SHORTEST = 4;

/**
 * Other forms of a folded word that the index's stemmer takes for another word: with or without the vowel that comes and
 * goes („кошка“ – „кошек“), and of those in „-ея“. Some of them are no words: they are only looked up.
 */
export function otherForms(word: string): string[] {
  if (word.length < SHORTEST || !/^[а-я]+$/u.test(word)) return [];
  const [, before = '', last = ''] = WITH_VOWEL.exec(word) ?? [];
  const [, first = '', second = ''] = WITHOUT_VOWEL.exec(word) ?? [];
  return [
    ...(last === '' ? [] : [`${before}${last}а`]),
    ...(second === '' ? [] : [`${first}о${second}`, `${first}е${second}`]),
    ...(/[аео]ек$/u.test(word) ? [word.replace(/ек$/u, 'йка')] : []),
    ...(/ейк(?:а|и|у|е|ой|ам|ами|ах)$/u.test(word) ? [word.replace(/йк\p{L}+$/u, 'ек')] : []),
    ...(/е(?:я|ю|е|ей)$/u.test(word) ? [word.replace(/е(?:я|ю|е|ей)$/u, 'еи')] : []),
    ...(/е(?:и|й|ям|ями|ях)$/u.test(word) ? [word.replace(/е(?:и|й|ям|ями|ях)$/u, 'ея')] : []),
  ].filter((form) => form !== word);
}
