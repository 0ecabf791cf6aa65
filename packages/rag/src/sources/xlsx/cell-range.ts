import { broken } from './parts.ts';

/** Counted from 1, as Excel does. */
export type CellRange = { fromRow: number; toRow: number; fromColumn: number; toColumn: number };

/** Excel's own limits: no program writes more. */
const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;

/** „B7“ and „$B$7“; undefined for anything else. */
export function cellAt(reference: string): { row: number; column: number } | undefined {
  const [, letters = '', digits = ''] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference) ?? [];
  if (letters === '') return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(digits), column };
}

/** „B7:D9“, or one cell. */
export function rangeOf(reference: string): CellRange | undefined {
  const [from, to = from] = reference.split(':').map(cellAt);
  if (from === undefined || to === undefined) return undefined;
  return {
    fromRow: Math.min(from.row, to.row),
    toRow: Math.max(from.row, to.row),
    fromColumn: Math.min(from.column, to.column),
    toColumn: Math.max(from.column, to.column),
  };
}

export const isWithin = (
  { fromRow, toRow, fromColumn, toColumn }: CellRange,
  { row, column }: { row: number; column: number },
) => row >= fromRow && row <= toRow && column >= fromColumn && column <= toColumn;

/** „B7“ */
export function referenceOf({ row, column }: { row: number; column: number }): string {
  let letters = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${letters}${row}`;
}

/** Throws `knowledge.broken-file` for a place that no sheet has. */
export function assertPlace({ row, column }: { row: number; column: number }): void {
  if (row >= 1 && row <= MOST_ROWS && column >= 1 && column <= MOST_COLUMNS) return;
  throw broken(`it has a cell in row ${row}, column ${column}, where no sheet has one`);
}
