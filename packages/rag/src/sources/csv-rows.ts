import { AppError } from '@avito-autoreply/runtime/errors';
import { CsvError, parse } from 'csv-parse/sync';
import type { RecordRow } from './record-row.ts';

/** Where two part a text alike, the one that stands in fewer numbers. */
const DELIMITERS = ['\t', ';', '|', ','] as const;
/** Characters and rows by which the delimiter is told. */
const SAMPLE = 20_000;
const SAMPLE_ROWS = 50;
/** What Excel writes first, and reads. */
const NAMED_DELIMITER = /^sep=(.)[ \t]*(?=\r?\n)/i;

/**
 * The rows of CSV without those of nothing, whatever parts their cells. `isHeader` knows the names of columns that are looked for; where there are none of
 * them, the delimiter is what parts most rows alike. Throws `knowledge.broken-csv` with the line.
 */
export function csvRows(text: string, isHeader: (cells: readonly string[]) => boolean): RecordRow[] {
  const named = NAMED_DELIMITER.exec(text)?.[1];
  const { rows, failure } = readRows(
    named === undefined ? text : text.replace(NAMED_DELIMITER, ''),
    named ?? delimiterOf(text, isHeader),
  );
  if (failure !== undefined) throw failure;
  return rows;
}

function delimiterOf(text: string, isHeader: (cells: readonly string[]) => boolean): string {
  const sample = text.slice(0, SAMPLE);
  const tried = DELIMITERS.map((delimiter) => {
    // A row that the end of the sample cuts is left.
    const rows = readRows(sample, delimiter, SAMPLE_ROWS).rows;
    return { delimiter, rows, ...evenness(rows) };
  });
  const known = tried.find(({ rows }) => rows.some(({ cells }) => isHeader(cells)));
  if (known !== undefined) return known.delimiter;
  const [best] = tried.toSorted((a, b) => b.even - a.even || b.cells - a.cells);
  return best?.delimiter ?? ',';
}

/** How many rows have as many cells as most have, and how many these are. */
function evenness(rows: readonly RecordRow[]): { even: number; cells: number } {
  const counts = new Map<number, number>();
  for (const { cells } of rows)
    if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [most] = [...counts].toSorted(([a, ofA], [b, ofB]) => ofB - ofA || b - a);
  return { even: most?.[1] ?? 0, cells: most?.[0] ?? 0 };
}

function readRows(
  text: string,
  delimiter: string,
  most = Infinity,
): { rows: RecordRow[]; failure?: AppError | undefined } {
  const rows: RecordRow[] = [];
  let next = 1;
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      ...(most === Infinity ? {} : { to: most }),
      on_record: (read: string[], { lines: end }) => {
        const line = end - read.join('').split('\n').length + 1;
        next = end + 1;
        // „="00123"“: Excel’s way to keep the zeros of a text.
        const cells = read.map((cell) => cell.replace(/^="(.*)"$/su, '$1'));
        if (cells.some((cell) => /[\p{L}\p{N}]/u.test(cell))) rows.push({ cells, line });
        return null;
      },
    });
    return { rows };
  } catch (error) {
    const isOpen = error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED';
    const problem = isOpen ? 'holds a quotation mark that is opened and never closed' : 'cannot be read';
    return {
      rows,
      failure: new AppError(`the table is broken: the row of line ${next} ${problem}`, {
        code: 'knowledge.broken-csv',
        cause: error,
      }),
    };
  }
}
