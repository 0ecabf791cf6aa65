import { withoutPoliteWords } from '../retrieval/filler-words.ts';
import { foldedWords } from '../text/normalize.ts';

const CORE = /^(верно|правильно|так|точно|правда)$/u;
const BESIDE = /^(все|это|понимаю|понимаем|понимал|ведь|то|всё-таки|действительно|получается)$/u;
// „Да“ agrees, „да?“ asks to be agreed with.
const YES = /(?<!\p{L})да\s*\?+\s*$/iu;

/** „Верно?“, „я правильно понимаю?“, „да?“: asks to be agreed with, and does not say in what. */
export function isBareAgreement(text: string): boolean {
  const words = withoutPoliteWords(foldedWords(text));
  if (words.length === 0) return YES.test(text);
  return words.some((word) => CORE.test(word)) && words.every((word) => CORE.test(word) || BESIDE.test(word));
}

/** What can be searched for: the lines of a turn that say themselves what they are about. All where none does. */
export function withoutAgreements(question: string): string {
  const lines = question.split('\n').filter((line) => !isBareAgreement(line));
  return lines.some((line) => line.trim() !== '') ? lines.join('\n') : question;
}
