import { AppError } from '@avito-autoreply/runtime/errors';
import { z } from 'zod';
import { csvRows } from './csv-rows.ts';
import { parseJson } from './parse-json.ts';
import type { RecordRow } from './record-row.ts';
import type { IncompletePair, Pair } from './source.ts';

const QUESTION_COLUMNS = ['question', 'вопрос', 'q'];
const ANSWER_COLUMNS = ['answer', 'ответ', 'a'];

export type ReadPairs = { pairs: Pair[]; incomplete: IncompletePair[] };

type Entry = Pair & { at: string };

export const isJson = (text: string) => /^\s*[[{]/.test(text);

/**
 * Question-answer pairs from JSON (`[{"question","answer"}]`, such lists wherever they stand in it, or `{"Есть чек?": "Да"}`), or from CSV with a header row
 * „question,answer“ or „вопрос;ответ“; other columns are ignored. Entries without a question or an answer are no pairs; those
 * with one of the two are named. Throws `knowledge.bad-csv`, `knowledge.bad-json`, `knowledge.broken-…`.
 */
export function parsePairs(text: string): ReadPairs {
  if (isJson(text)) {
    const read = pairsOfJson(parseJson(text));
    if (read === undefined)
      throw new AppError(`these are no questions and answers: ${WANTED_JSON}`, {
        code: 'knowledge.bad-json',
      });
    return read;
  }
  const read = pairsOfRows(csvRows(text, isPairHeader));
  if (read === undefined) {
    throw new AppError(NO_PAIRS, { code: 'knowledge.bad-csv' });
  }
  return read;
}

export const NO_PAIRS =
  'this is no table of questions and answers: a row at the top must name the columns „question“ and „answer“ (or „вопрос“ and „ответ“)';

export const WANTED_JSON = 'a list of {"question": "…", "answer": "…"} is expected (or „вопрос“ and „ответ“)';

function readEntries(entries: readonly Entry[]): ReadPairs {
  const read: ReadPairs = { pairs: [], incomplete: [] };
  for (const entry of entries) {
    const question = entry.question.trim();
    const answer = entry.answer.trim();
    if (question !== '' && answer !== '') read.pairs.push({ question, answer });
    else if (question !== '' || answer !== '')
      read.incomplete.push({ at: entry.at, missing: question === '' ? 'question' : 'answer' });
  }
  return read;
}

const record = z.record(z.string(), z.unknown());

/** As deep as anybody sorts questions: by subject, and by part of it. */
const MAX_DEPTH = 6;

/** Undefined for JSON without any. */
export function pairsOfJson(value: unknown): ReadPairs | undefined {
  const pairs = pairsWithin(value, 0);
  if (pairs.length === 0) return undefined;
  return readEntries(
    pairs.map(({ question = '', answer = '' }, index) => ({ question, answer, at: `entry ${index + 1}` })),
  );
}

/** Of the lists that hold at least one pair, wherever they stand, and of objects whose names are questions. */
function pairsWithin(value: unknown, depth: number): Partial<Pair>[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) {
    const pairs = value.map(pairOf);
    const hasPair = pairs.some(({ question, answer }) => question !== undefined && answer !== undefined);
    return hasPair ? pairs : value.flatMap((each) => pairsWithin(each, depth + 1));
  }
  const fields = Object.entries(record.safeParse(value).data ?? {});
  const isAsking =
    fields.length > 0 && fields.every(([name, each]) => /\?\s*$/.test(name) && textOf(each) !== undefined);
  if (isAsking) return fields.map(([question, each]) => ({ question, answer: textOf(each) ?? '' }));
  return fields.flatMap(([, each]) => pairsWithin(each, depth + 1));
}

function pairOf(value: unknown): Partial<Pair> {
  const fields = Object.entries(record.safeParse(value).data ?? {});
  const named = new Map(fields.map(([name, each]) => [name.trim().toLowerCase(), each]));
  const field = (names: readonly string[]) =>
    textOf(names.map((name) => named.get(name)).find((found) => found !== undefined));
  const [question, answer] = [field(QUESTION_COLUMNS), field(ANSWER_COLUMNS)];
  return { ...(question === undefined ? {} : { question }), ...(answer === undefined ? {} : { answer }) };
}

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const lineOf = ({ line }: RecordRow) => `line ${line}`;

/** Undefined for a table of something else. `placeOf` is what a row is called to its owner. */
export function pairsOfRows(
  rows: readonly RecordRow[],
  placeOf: (row: RecordRow) => string = lineOf,
): ReadPairs | undefined {
  const headerRow = rows.slice(0, HEADER_WITHIN).findIndex(({ cells }) => isPairHeader(cells));
  if (headerRow < 0) return undefined;
  const header = namesOf(rows[headerRow]?.cells ?? []);
  const questionColumn = header.findIndex((name) => QUESTION_COLUMNS.includes(name));
  const answerColumn = header.findIndex((name) => ANSWER_COLUMNS.includes(name));
  return readEntries(
    rows.slice(headerRow + 1).map((row) => ({
      question: row.cells[questionColumn] ?? '',
      answer: row.cells[answerColumn] ?? '',
      at: placeOf(row),
    })),
  );
}

/** Above the header a table may have its title. */
const HEADER_WITHIN = 10;

const namesOf = (cells: readonly string[]) => cells.map((name) => name.trim().toLowerCase());

export function isPairHeader(cells: readonly string[]): boolean {
  const names = namesOf(cells);
  return [QUESTION_COLUMNS, ANSWER_COLUMNS].every((columns) => columns.some((name) => names.includes(name)));
}
