const LATIN: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n',
  о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '',
  ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
}; // prettier-ignore
const CYRILLIC: readonly (readonly [string, string])[] = [
  ['sch', 'щ'], ['sh', 'ш'], ['ch', 'ч'], ['zh', 'ж'], ['kh', 'х'], ['ts', 'ц'], ['yu', 'ю'], ['ju', 'ю'], ['ya', 'я'],
  ['ja', 'я'], ['yo', 'е'], ['ck', 'к'], ['ph', 'ф'], ['a', 'а'], ['b', 'б'], ['c', 'к'], ['d', 'д'], ['e', 'е'],
  ['f', 'ф'], ['g', 'г'], ['h', 'х'], ['i', 'и'], ['j', 'дж'], ['k', 'к'], ['l', 'л'], ['m', 'м'], ['n', 'н'],
  ['o', 'о'], ['p', 'п'], ['q', 'к'], ['r', 'р'], ['s', 'с'], ['t', 'т'], ['u', 'у'], ['v', 'в'], ['w', 'в'],
  ['x', 'кс'], ['y', 'ы'], ['z', 'з'],
]; // prettier-ignore
const LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC_KEYS = 'йцукенгшщзхъфывапролджэячсмитьбюё';

const SHORTEST = 3;

/**
 * A word as it reads in the other script: „логан“ for „logan“ and the reverse, „dostavka“, and „ljcnfdrf“ that was
 * typed with the wrong keyboard. Some of them are no words: they are only looked up.
 */
export function otherScripts(word: string): string[] {
  if (word.length < SHORTEST) return [];
  if (/^[а-я]+$/u.test(word)) return [Array.from(word, (letter) => LATIN[letter] ?? letter).join('')];
  if (!/^[a-z]+$/u.test(word)) return [];
  return [toCyrillic(word), asTyped(word)];
}

function toCyrillic(word: string): string {
  if (word === '') return '';
  const found = CYRILLIC.find(([latin]) => word.startsWith(latin));
  return found === undefined ? word : found[1] + toCyrillic(word.slice(found[0].length));
}

/** What the keys give that were typed with the keyboard switched to Latin. */
export const asTyped = (word: string) => Array.from(word, keyBeside).join('');

const keyBeside = (letter: string) => CYRILLIC_KEYS[LATIN_KEYS.indexOf(letter)] ?? letter;
