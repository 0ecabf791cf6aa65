import { isSameWord, tellingWords } from '../gate/words.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import { passageText } from './prompt.ts';

/** One word in common is chance: „такой информации нет“ shares one with many a passage. */
const MIN_SHARED = 2;
const MOST = 4;

/**
 * The numbers of the passages that a text without any marks draws on, by their words: small models write plain text and
 * cite nothing. None where it says nothing that a passage says.
 */
export function sourcesMeant({
  answer,
  passages,
}: {
  answer: string;
  passages: readonly Passage[];
}): number[] {
  const words = tellingWords(answer);
  return passages
    .map((passage, index) => {
      const theirs = tellingWords(passageText(passage));
      const shared = words.filter((word) => theirs.some((each) => isSameWord(each, word))).length;
      return { number: index + 1, shared };
    })
    .filter(({ shared }) => shared >= MIN_SHARED)
    .toSorted((one, other) => other.shared - one.shared)
    .slice(0, MOST)
    .map(({ number }) => number);
}
