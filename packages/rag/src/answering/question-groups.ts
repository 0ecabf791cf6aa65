import type { AskedTerm } from '../retrieval/term-weights.ts';
import { foldedWords, foldForSearch } from '../text/normalize.ts';
import { askedKind } from './asked-kind.ts';
import { isProperty } from './class-share.ts';
import type { AskedQuestion } from './evidence.ts';

// „картой можно? и парковка есть“: where one question ends and the next may begin.
const BETWEEN_QUESTIONS = /[?\n]+|(?<=\s)(?:и|а|также|ещ[её])(?=\s)/iu;

/** The questions of a turn, each with its words and what it wants to be told; one where a turn asks one thing. */
export function questionParts(asked: readonly AskedTerm[], question: string): AskedQuestion[] {
  const groups: { asked: AskedTerm[]; text: string }[] = [];
  const grouped = new Set<AskedTerm>();
  for (const text of question.split(BETWEEN_QUESTIONS)) {
    const words = new Set(foldedWords(text));
    const group = asked.filter((term) => !grouped.has(term) && words.has(term.word));
    const before = groups.at(-1);
    // „… и почём?“ asks for a property of what was named before.
    if (group.every(isProperty) && before !== undefined) {
      before.asked.push(...group);
      before.text += ` ${text}`;
    } else if (group.length > 0 || before === undefined) groups.push({ asked: group, text });
    else before.text += ` ${text}`;
    for (const term of group) grouped.add(term);
  }
  const [first] = groups;
  // What only the question as a whole folds to belongs to the first.
  first?.asked.push(...asked.filter((term) => !grouped.has(term)));
  return groups
    .filter((group) => group.asked.length > 0)
    .map((group) => ({ asked: group.asked, kind: askedKind(foldForSearch(group.text)) }));
}
