import { isLight } from '../lexicon/light-words.ts';
import { isSameWord, tellingWords } from './words.ts';

const DISCOUNT = /(?<!\p{L})(?:скид(?:к|ок)|льгот|дешевле|бесплатн)\p{L}*/iu;
// „Студентам“, „врачам“; „по будням“ and „к скидкам“ are of no person.
const FOR_WHOM = /(?<!(?<!\p{L})(?:по|к|ко) (?:\p{L}+ым )?)(?<!\p{L})(?<whom>\p{L}{3,}[ая]м)(?!\p{L})/giu;

/** People for whom an answer has a discount, and of whom no source has a word. */
export function unknownDiscounted({
  affirmed,
  known,
}: {
  affirmed: readonly string[];
  known: readonly string[];
}): string[] {
  return affirmed
    .filter((sentence) => DISCOUNT.test(sentence))
    .flatMap((sentence) => [...sentence.matchAll(FOR_WHOM)].flatMap(({ groups }) => groups?.['whom'] ?? []))
    .filter((whom) => {
      const [word] = tellingWords(whom);
      return word !== undefined && !isLight(word) && !known.some((each) => isSameWord(each, word));
    });
}
