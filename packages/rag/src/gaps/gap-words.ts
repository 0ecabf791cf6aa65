import { createPersonalDataMask } from '../hygiene/personal-data.ts';
import { classifyMessage } from '../answering/classify-message.ts';
import { defaultLexicon } from '../lexicon/lexicon.ts';
import { sayingWords } from '../retrieval/filler-words.ts';

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
  const words = sayingWords(question).slice(0, MAX_WORDS);
  return [...new Set(words.map(nameOf))].toSorted();
}

function nameOf(word: string): string {
  const [thing] = defaultLexicon.thingsOf(word);
  return defaultLexicon.things[thing ?? -1]?.words[0] ?? word;
}
