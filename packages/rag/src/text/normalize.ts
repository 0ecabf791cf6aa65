// Soft hyphens, zero-width, direction and tag characters: invisible to the reader, yet they split words.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const CONTROL = /(?![\n\t])\p{Cc}/gu;
// Marks the stressed vowel in textbooks.
const STRESS = '\u0301';

// Signs of their own, of which the folding would make letters: „дом No3“, „LEGOTM“.
const FOLDED = /[^№™]+/gu;

/** Text as a person sees it: compatibility forms folded, invisible and control characters gone, line ends as `\n`. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(FOLDED, (part) => part.normalize('NFKC'))
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(INVISIBLE, '')
    .replaceAll(CONTROL, '')
    .replaceAll(STRESS, '');
}

/**
 * The one folding for everything that is indexed and asked: lower case, ё as е, words and numbers parted by single
 * spaces, a number apart from its unit („128гб“ is found by „128 гб“). Both sides must go through it.
 */
export function foldForSearch(text: string): string {
  return (
    cleanText(text)
      .toLowerCase()
      .replaceAll('ё', 'е')
      .replaceAll('%', ' процентов ')
      .replaceAll('₽', ' рублей ')
      .replaceAll('№', ' no ')
      .replaceAll('\u2010', '-')
      .replaceAll(/(?<!\p{L})б\s?[/\\]\s?у(?!\p{L})/gu, 'бу')
      // „150х150“, typed with the letter of either script, is what a price list writes as „150×150“.
      .replaceAll(/(?<=\p{N})\s?[xх]\s?(?=\p{N})/gu, ' ')
      // „50-й“, „13ый“, „5-ти“, „2-х“
      .replaceAll(
        /(?<=\p{N})(?:-?(?:[ыио]й|й|[ао]?го|ти|ая|ое|[ыи][ех]|[уо]?ю|ми|мя)|-[хмея])(?!\p{L})/gu,
        '',
      )
      .replaceAll(/(?<!\p{L})-|-(?!\p{L})|[^\p{L}\p{N}\p{M}-]+/gu, ' ')
      .replaceAll(/(?<=\p{N})(?=\p{L})|(?<=\p{L})(?=\p{N})/gu, ' ')
      .replaceAll(/ {2,}/g, ' ')
      .trim()
  );
}

/** The words and numbers of a text, folded. */
export function foldedWords(text: string): string[] {
  const folded = foldForSearch(text);
  return folded === '' ? [] : folded.split(' ');
}
