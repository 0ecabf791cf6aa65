import { AppError } from '@avito-autoreply/runtime';
import { decodeText } from '../sources/decode-text.ts';
import { parsePairs } from '../sources/pairs.ts';
import type { IncompletePair } from '../sources/source.ts';
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

/**
 * Pairs from CSV with a header row or from JSON. One that cannot be used refuses the file, and is named; so do two that
 * answer one question differently. Those that lack a question or an answer are left out and named. Throws also what
 * `parsePairs` throws.
 */
export function readApprovedFile(bytes: Uint8Array): { pairs: ReadyPair[]; incomplete: IncompletePair[] } {
  const { pairs, incomplete } = parsePairs(decodeText(bytes));
  const named = (index: number) => `pair ${index + 1} („${pairs[index]?.question.slice(0, 60) ?? ''}“)`;
  const ready = pairs.map((pair, index) => {
    try {
      return readApprovedPair(pair);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw badPair(`${named(index)}: ${error.message}`);
    }
  });
  const firstOf = new Map<string, number>();
  for (const [index, { folded, answer }] of ready.entries()) {
    const first = firstOf.get(folded) ?? index;
    firstOf.set(folded, first);
    if (ready[first]?.answer !== answer)
      throw badPair(`${named(first)} and ${named(index)} answer the same question differently: keep one`);
  }
  return { pairs: ready, incomplete };
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

function badPair(problem: string): AppError {
  return new AppError(problem, { code: 'answering.bad-pair' });
}
