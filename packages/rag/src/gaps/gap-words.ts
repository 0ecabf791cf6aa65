import { createPersonalDataMask } from '../hygiene/personal-data.ts';
import { classifyMessage } from '../answering/classify-message.ts';
import { defaultLexicon } from '../lexicon/lexicon.ts';
import { sayingWords } from '../retrieval/filler-words.ts';

/** A pasted text says at its beginning what is asked. */
const MAX_WORDS = 30;
const MAX_LENGTH = 4_000;

/** A masked value with what announces it: „, мой тел.: [телефон 1]“. */
const ANNOUNCED =
  /(?<![\s,;])[\s,;]*(?:(?:вот|это)\s+)?(?:(?:мо[йяеи]|наш[аи]?)\s+)?(?:(?:номер(?:\s+телефона)?|тел(?:ефон)?|сот(?:овый)?|моб(?:ильный)?|почта|мыло|e-?mail|имейл|емейл|карта)\s*(?:[.:–-]+\s*)?)?\[(?:телефон|почта|карта) \d+\]/giu;

/** Whoever asks so wants to know whether there is any: „павлины есть?“ and „продаёте павлинов?“ ask the same. */
const HAVING =
  /^(?:продае(?:те|шь|тся)|продают(?:ся)?|продажа|продаже|торгуете|наличи[еия]|имеете|купить|куплю|приобрести)$/u;

/** A question without what is personal, for comparing and embedding; empty when it asks nothing. */
export function gapQuestion(text: string): string {
  // Cut behind the mask: half of a number would be none to it.
  const question = createPersonalDataMask()
    .mask(text)
    .slice(0, MAX_LENGTH)
    .replaceAll(ANNOUNCED, ' ')
    .replaceAll(/(?<!\s)\s+(?=[,.;!?]|$)/gu, '')
    .trim();
  return classifyMessage(question) === 'question' ? question : '';
}

/**
 * What a question is about, one word for all of its synonyms: „почём доставка“ and „сколько стоит доставка“ have the
 * same words.
 */
export function gapWords(question: string): string[] {
  const words = sayingWords(question).slice(0, MAX_WORDS);
  const subject = words.filter((word) => !HAVING.test(word));
  return [...new Set((subject.length > 0 ? subject : words).map(nameOf))].toSorted();
}

function nameOf(word: string): string {
  const [thing] = defaultLexicon.thingsOf(word);
  return defaultLexicon.things[thing ?? -1]?.words[0] ?? word;
}
