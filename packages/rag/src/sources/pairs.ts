import { AppError } from '@avito-autoreply/runtime';
import { CsvError, parse } from 'csv-parse/sync';
import type { Pair } from './source.ts';

const QUESTION_COLUMNS = ['question', 'вопрос'];
const ANSWER_COLUMNS = ['answer', 'ответ'];

/**
 * Question-answer pairs from CSV with a header row „question,answer“ or „вопрос;ответ“; other columns are ignored,
 * rows without a question or an answer are left out. Throws `knowledge.bad-csv`.
 */
export function parsePairs(text: string): Pair[] {
  const rows = parseRows(text);
  const header = (rows[0] ?? []).map((name) => name.trim().toLowerCase());
  const questionColumn = header.findIndex((name) => QUESTION_COLUMNS.includes(name));
  const answerColumn = header.findIndex((name) => ANSWER_COLUMNS.includes(name));
  if (questionColumn < 0 || answerColumn < 0) {
    throw badCsv('the first row must name the columns „question“ and „answer“ (or „вопрос“ and „ответ“)');
  }
  return rows
    .slice(1)
    .map((row) => ({
      question: (row[questionColumn] ?? '').trim(),
      answer: (row[answerColumn] ?? '').trim(),
    }))
    .filter(({ question, answer }) => question !== '' && answer !== '');
}

function parseRows(text: string): string[][] {
  const firstLine = text.slice(0, text.indexOf('\n') >>> 0);
  const delimiter = [',', ';', '\t'].toSorted(
    (a, b) => firstLine.split(b).length - firstLine.split(a).length,
  )[0];
  try {
    return parse(text, {
      delimiter: delimiter ?? ',',
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    throw badCsv(error instanceof CsvError ? error.message : String(error), error);
  }
}

function badCsv(problem: string, cause?: unknown): AppError {
  return new AppError(`this is no table of questions and answers: ${problem}`, {
    code: 'knowledge.bad-csv',
    cause,
  });
}
