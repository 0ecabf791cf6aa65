import { readFile } from 'node:fs/promises';
import { AppError, errorMessage } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { decodeText } from '../sources/decode-text.ts';
import { type Entry, readEntries } from './read-entries.ts';

const line = z.string().trim().min(1);
const lines = z.union([line.transform((one) => [one]), z.array(line)]).default([]);

const question = z.object({
  id: z.union([line, z.number().transform(String)]).optional(),
  /** A whole turn; several messages are parted by line breaks. */
  question: line,
  history: z.array(z.object({ author: z.enum(['buyer', 'us']), text: z.string() })).default([]),
  item: z
    .object({ title: z.string().optional(), price: z.string().optional(), url: z.string().optional() })
    .nullish()
    .transform((item) => item ?? undefined),
  /** A source's key or the end of it: `shop/delivery.md`, `delivery.md`. Of several, any will do. */
  expected_source: lines,
  /** Facts that the answer must state, all of them. */
  must_contain: lines,
  must_not_contain: lines,
  /** False: the base does not say it, so a person has to answer. */
  answerable: z.boolean().default(true),
  /** For figures apart: „typo“, „two“, „near-miss“. */
  kind: line.default('question'),
  /** For figures apart: „dev“ and „held-out“. */
  split: line.default('all'),
});

export type EvalQuestion = z.output<typeof question> & { id: string };

const KNOWN = Object.keys(question.shape);

const unknownFields = (value: unknown) =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).filter((name) => !KNOWN.includes(name))
    : [];

/** Entries of two lists take their answerability from the list. */
const grouped = z.object({ answerable: z.array(z.unknown()), unanswerable: z.array(z.unknown()) });

/**
 * Reads a question set: JSON lines, a JSON array, or `{answerable: […], unanswerable: […]}`. Throws
 * `eval.bad-questions` with the line of what is wrong. Fields that mean nothing here are left out and told once each:
 * sets have columns of their own, and a misspelt one would change what is measured.
 */
export async function readQuestionSet(
  file: string,
  { onNote = () => {} }: { onNote?: ((note: string) => void) | undefined } = {},
): Promise<EvalQuestion[]> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw badQuestions(`${file} cannot be read: a file of questions is expected`, cause);
  });
  const text = textOf(file, bytes);
  const entries = readEntries(text, {
    onProblem: (at, cause) => badQuestions(`${file}, line ${at}: ${cause}`),
  });
  const unknown = new Map<string, number>();
  const questions = entries.flatMap(withLists).map(({ value, line: at }, index) => {
    for (const name of unknownFields(value)) if (!unknown.has(name)) unknown.set(name, at);
    const parsed = question.safeParse(value);
    if (!parsed.success) throw badQuestions(`${file}, line ${at}: ${problemOf(parsed.error)}`, parsed.error);
    const id = parsed.data.id ?? String(index + 1);
    return { ...parsed.data, id, at };
  });
  if (questions.length === 0) throw badQuestions(`${file} holds no question`);
  for (const [name, at] of unknown)
    onNote(`${file}, line ${at}: the field „${name}“ is not used; known are ${KNOWN.join(', ')}`);
  const seen = new Map<string, number>();
  return questions.map(({ at, ...one }) => {
    const before = seen.get(one.id);
    if (before !== undefined)
      throw badQuestions(`${file}, line ${at}: the id „${one.id}“ is that of line ${before} already`);
    seen.set(one.id, at);
    return one;
  });
}

/** In whatever encoding a table program or an editor has saved it. */
function textOf(file: string, bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch (cause) {
    throw badQuestions(`${file}: ${errorMessage(cause)}`, cause);
  }
}

function withLists({ value, line: at }: Entry): Entry[] {
  const lists = grouped.safeParse(value);
  if (!lists.success) return [{ value, line: at }];
  const entriesOf = (list: unknown[], answerable: boolean) =>
    list.map((one) => ({ value: { answerable, ...Object(one) }, line: at }));
  return [...entriesOf(lists.data.answerable, true), ...entriesOf(lists.data.unanswerable, false)];
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join('.') ?? '';
  return `${path === '' ? 'the entry' : `"${path}"`}: ${issue?.message ?? 'is wrong'}`;
}

const badQuestions = (message: string, cause?: unknown) =>
  new AppError(message, { code: 'eval.bad-questions', cause });
