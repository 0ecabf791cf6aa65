import { AppError } from '@avito-autoreply/runtime/errors';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { parseJson } from './parse-json.ts';
import type { IncompletePair, Pair } from './source.ts';

const QUESTION_COLUMNS = ['question', 'вопрос', 'q'];
const ANSWER_COLUMNS = ['answer', 'ответ', 'a'];

type ReadPairs = { pairs: Pair[]; incomplete: IncompletePair[] };

type Entry = Pair & { at: string };

/**
 * Question-answer pairs from JSON (`[{"question","answer"}]`, such lists wherever they stand in it, or `{"Есть чек?": "Да"}`), or from CSV with a header row
 * „question,answer“ or „вопрос;ответ“; other columns are ignored. Entries without a question or an answer are no pairs; those
 * with one of the two are named. Throws `knowledge.bad-csv`, `knowledge.bad-json`, `knowledge.broken-json`.
 */
export function parsePairs(text: string): ReadPairs {
  const read: ReadPairs = { pairs: [], incomplete: [] };
  for (const entry of /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text)) {
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

function readJson(text: string): Entry[] {
  const pairs = pairsWithin(parseJson(text), 0);
  if (pairs.length === 0)
    throw badJson('a list of {"question": "…", "answer": "…"} is expected (or „вопрос“ and „ответ“)');
  return pairs.map(({ question = '', answer = '' }, index) => ({
    question,
    answer,
    at: `entry ${index + 1}`,
  }));
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

function readCsv(text: string): Entry[] {
  const rows = parseRows(text);
  const headerRow = rows.slice(0, HEADER_WITHIN).findIndex(({ cells }) => isHeader(cells));
  const header = namesOf(rows[headerRow]?.cells ?? []);
  const questionColumn = header.findIndex((name) => QUESTION_COLUMNS.includes(name));
  const answerColumn = header.findIndex((name) => ANSWER_COLUMNS.includes(name));
  if (questionColumn < 0 || answerColumn < 0) {
    throw badCsv('a row at the top must name the columns „question“ and „answer“ (or „вопрос“ and „ответ“)');
  }
  return rows.slice(headerRow + 1).map(({ cells, endLine }) => ({
    question: cells[questionColumn] ?? '',
    answer: cells[answerColumn] ?? '',
    at: `line ${endLine - cells.join('').split('\n').length + 1}`,
  }));
}

type Row = { cells: string[]; endLine: number };

/** Above the header a table may have its title, blank rows, and Excel’s own `sep=;`. */
const HEADER_WITHIN = 10;
/** Characters in which the header stands. */
const DELIMITER_WITHIN = 10_000;

const namesOf = (cells: readonly string[]) => cells.map((name) => name.trim().toLowerCase());

function isHeader(cells: readonly string[]): boolean {
  const names = namesOf(cells);
  return [QUESTION_COLUMNS, ANSWER_COLUMNS].every((columns) => columns.some((name) => names.includes(name)));
}

function delimiterOf(text: string): string {
  const lines = text.slice(0, DELIMITER_WITHIN).split('\n').slice(0, HEADER_WITHIN);
  const cellsOf = (line: string, delimiter: string) =>
    line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const found = [',', ';', '\t'].find((delimiter) =>
    lines.some((line) => isHeader(cellsOf(line, delimiter))),
  );
  return found ?? ',';
}

function parseRows(text: string): Row[] {
  const delimiter = delimiterOf(text);
  const rows: Row[] = [];
  try {
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines: endLine }) => {
        rows.push({ cells, endLine });
        return null;
      },
    });
    return rows;
  } catch (error) {
    const isOpen = error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED';
    const problem = isOpen ? 'opens a quotation mark that is never closed' : 'cannot be read';
    throw badCsv(`row ${rows.length + 1} ${problem}`, error);
  }
}

function badCsv(problem: string, cause?: unknown): AppError {
  return new AppError(`this is no table of questions and answers: ${problem}`, {
    code: 'knowledge.bad-csv',
    cause,
  });
}

function badJson(problem: string, cause?: unknown): AppError {
  return new AppError(`these are no questions and answers: ${problem}`, {
    code: 'knowledge.bad-json',
    cause,
  });
}
