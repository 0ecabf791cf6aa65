import { isSameWord, tellingWords } from '../gate/words.ts';

/** One word in common is chance: „такой информации нет“ shares one with many a passage. */
const MIN_SHARED = 2;
const MOST = 4;

/**
 * The numbers of the texts that an answer draws on, by their words, from 1: small models write plain text and cite
 * nothing. None where it says nothing that any of them says.
 */
export function sourcesMeant({ answer, texts }: { answer: string; texts: readonly string[] }): number[] {
  const words = tellingWords(answer);
  return texts
    .map((text, index) => {
      const theirs = tellingWords(text);
      const shared = words.filter((word) => theirs.some((each) => isSameWord(each, word))).length;
      return { number: index + 1, shared };
    })
    .filter(({ shared }) => shared >= MIN_SHARED)
    .toSorted((one, other) => other.shared - one.shared)
    .slice(0, MOST)
    .map(({ number }) => number);
}
