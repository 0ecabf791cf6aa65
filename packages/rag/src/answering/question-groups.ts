import type { AskedTerm } from '../retrieval/term-weights.ts';
import { foldedWords } from '../text/normalize.ts';

// „картой можно? и парковка есть“: where one question ends and the next may begin.
const BETWEEN_QUESTIONS = /[?\n]+|(?<=\s)(?:и|а|также|ещ[её])(?=\s)/iu;

// „Сколько стоит …“ asks for a property: by itself it names nothing.
const PROPERTY = /^(цен|стои|почем|прайс|дорог)/u;

export const isProperty = ({ word }: AskedTerm) => PROPERTY.test(word);

/** The asked words question by question; one group where a turn asks one thing. */
export function questionGroups(asked: readonly AskedTerm[], question: string): AskedTerm[][] {
  const groups: AskedTerm[][] = [];
  const grouped = new Set<AskedTerm>();
  const parts = question.split(BETWEEN_QUESTIONS).map((part) => new Set(foldedWords(part)));
  // The last round takes what no part has: a word that only the question as a whole folds to.
  for (const words of [...parts, undefined]) {
    const group = asked.filter((term) => !grouped.has(term) && words?.has(term.word) !== false);
    const before = groups.at(-1);
    if (group.every(isProperty) && before !== undefined) before.push(...group);
    else if (group.length > 0) groups.push(group);
    for (const term of group) grouped.add(term);
  }
  return groups;
}
