import { foldedWords, foldForSearch } from '../text/normalize.ts';

/** They are the setting, not the question; what they name may decide all the same. */
export const SETTING_SHARE = 0.5;

const SENTENCE_ENDS = /(?<=[?.!\n])/u;
/** What asks without a question mark. */
const ASKS =
  /(?<!\p{L})(?:сколько|скок\p{L}*|как\p{L}*|где|когда|куда|можно|есть|ли|что|чем|почем|цен\p{L}|подскажите|скажите|интересует|узнать)(?!\p{L})/u;

/**
 * Folded words of a turn that stand only in sentences which ask nothing, beside one that asks: „посылка застрахована? а то
 * почта потеряет“. None where every sentence asks, or none does.
 */
export function settingWords(question: string): Set<string> {
  const sentences = question.split(SENTENCE_ENDS).filter((sentence) => /\p{L}/u.test(sentence));
  const asks = (sentence: string) => sentence.trimEnd().endsWith('?') || ASKS.test(foldForSearch(sentence));
  const asking = sentences.filter(asks);
  if (asking.length === 0 || asking.length === sentences.length) return new Set();
  const asked = new Set(asking.flatMap(foldedWords));
  const beside = sentences.filter((sentence) => !asks(sentence)).flatMap(foldedWords);
  return new Set(beside.filter((word) => !asked.has(word)));
}
