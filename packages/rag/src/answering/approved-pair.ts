import { AppError } from '@avito-autoreply/runtime';
import { cleanText } from '../text/normalize.ts';
import { foldApprovedQuestion } from './approved-answers.ts';
import { toPlainText } from './plain-text.ts';

export type Pair = { question: string; answer: string };

/** A pair as it is stored; `folded` is what questions are compared by. */
export type ReadyPair = Pair & { folded: string };

// What buyers may write at most, and about eight messages of Avito.
const MAX_QUESTION = 4_000;
const MAX_ANSWER = 8_000;

/**
 * Makes a pair ready to be sent as it stands: plain text, no Markdown. Throws `answering.bad-pair` for a question that
 * says nothing beside politeness, or an empty answer.
 */
export function readApprovedPair(given: Pair): ReadyPair {
  const question = cleanText(given.question).trim();
  const answer = toPlainText(cleanText(given.answer));
  const folded = foldApprovedQuestion(question);
  if (folded === '') throw badPair('the question asks nothing: write it as a buyer would');
  if (answer === '') throw badPair('the answer is empty');
  if (question.length > MAX_QUESTION) throw badPair(`the question is longer than ${MAX_QUESTION} characters`);
  if (answer.length > MAX_ANSWER) throw badPair(`the answer is longer than ${MAX_ANSWER} characters`);
  return { question, folded, answer };
}

/** A file that `readApprovedFile` reads back, and that diffs well: one pair after the other, sorted by question. */
export function writeApprovedFile(pairs: readonly Pair[], { format }: { format: 'csv' | 'json' }): string {
  const sorted = pairs
    .map(({ question, answer }) => ({ question, answer }))
    .toSorted((a, b) => a.question.localeCompare(b.question, 'ru'));
  if (format === 'json') return `${JSON.stringify(sorted, null, 2)}\n`;
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = sorted.map(({ question, answer }) => `${cell(question)},${cell(answer)}`);
  return ['question,answer', ...rows, ''].join('\n');
}

export function badPair(problem: string): AppError {
  return new AppError(problem, { code: 'answering.bad-pair' });
}
