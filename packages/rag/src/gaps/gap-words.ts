import { createPersonalDataMask } from '../hygiene/personal-data.ts';
import { classifyMessage } from '../answering/classify-message.ts';
import { withoutFillers } from '../retrieval/filler-words.ts';
import { defaultSynonyms } from '../retrieval/synonyms.ts';
import { foldedWords } from '../text/normalize.ts';

/** A pasted text says at its beginning what is asked. */
const MAX_WORDS = 30;

/** A question without what is personal, for comparing and embedding; empty when it asks nothing. */
export function gapQuestion(text: string): string {
  const question = createPersonalDataMask().remove(text).trim();
  return classifyMessage(question) === 'question' ? question : '';
}

/**
 * What a question is about, one word for all of its synonyms: „почём доставка“ and „сколько стоит доставка“ have the
 * same words.
 */
export function gapWords(question: string): string[] {
  const words = withoutFillers(foldedWords(question)).slice(0, MAX_WORDS);
  const named = words.map((word) => defaultSynonyms.find(({ match }) => match.test(word))?.words[0] ?? word);
  return [...new Set(named)].toSorted();
}
