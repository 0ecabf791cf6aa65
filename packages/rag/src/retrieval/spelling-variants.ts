/** In shorter words one other letter makes another word. */
const SHORTEST = 4;
const LONGEST = 14;

/** Letters that are heard alike where no stress falls on them, before another consonant or at the end. */
const HEARD_ALIKE: Readonly<Record<string, readonly string[]>> = {
  о: ['а', 'е'],
  а: ['о'],
  е: ['и', 'я', 'э', 'о'],
  и: ['е', 'ы'],
  я: ['е'],
  э: ['е'],
  ы: ['и'],
  б: ['п'],
  п: ['б'],
  в: ['ф'],
  ф: ['в'],
  г: ['к'],
  к: ['г'],
  д: ['т'],
  т: ['д'],
  з: ['с'],
  с: ['з'],
  ж: ['ш'],
  ш: ['ж'],
};
/** Most often wrong, and often two of them: „памащник“. */
const UNSTRESSED: Readonly<Record<string, string>> = { о: 'а', а: 'о', е: 'и', и: 'е' };
const CONSONANT = /[бвгджзклмнпрстфхцчшщ]/u;
/** What no Russian word has. */
const NEVER: readonly (readonly [string, string])[] = [
  ['жы', 'жи'],
  ['шы', 'ши'],
  ['чя', 'ча'],
  ['щя', 'ща'],
  ['чю', 'чу'],
  ['щю', 'щу'],
];

type Change = { place: number; letters: string };

/**
 * How a folded word may be spelt right by one who wrote it as it is heard: other vowels where no stress falls, voiced for
 * voiceless, one letter of a double, „-тся“; of the vowels and doubles two at once. Most of them are no words: they are
 * only looked up. Without the word itself.
 */
export function spellingVariants(word: string): string[] {
  if (word.length < SHORTEST || word.length > LONGEST || !/^[а-я]+$/u.test(word)) return [];
  const base = NEVER.reduce((text, [wrong, right]) => text.replaceAll(wrong, right), word);
  const letters = Array.from(base);
  const changed = (...changes: readonly Change[]) =>
    letters
      .map((letter, place) => changes.find((change) => change.place === place)?.letters ?? letter)
      .join('');

  const alike = letters.flatMap((letter, place) =>
    (HEARD_ALIKE[letter] ?? []).map((other): Change => ({ place, letters: other })),
  );
  const vowels = letters.flatMap((letter, place): Change[] => {
    const other = UNSTRESSED[letter];
    return other === undefined ? [] : [{ place, letters: other }];
  });
  const doubles = letters.flatMap((letter, place): Change[] => {
    if (letters[place - 1] === letter) return [{ place, letters: '' }];
    const isInside = place > 0 && place < letters.length - 1 && letters[place + 1] !== letter;
    return isInside && CONSONANT.test(letter) ? [{ place, letters: letter + letter }] : [];
  });
  const often = [...vowels, ...doubles];
  const pairs = often.flatMap((first, index) =>
    often.slice(index + 1).map((second) => changed(first, second)),
  );
  const verbs = [base.replace(/ться$/u, 'тся'), base.replace(/тся$/u, 'ться')];
  const variants = [base, ...[...alike, ...doubles].map((change) => changed(change)), ...verbs, ...pairs];
  return [...new Set(variants)].filter((variant) => variant !== word);
}
