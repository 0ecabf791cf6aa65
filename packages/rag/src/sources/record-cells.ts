import { areFacts } from './contact-facts.ts';
import type { Merged, RecordRow } from './record-row.ts';
import type { RaggedRow } from './source.ts';
import { named } from './table.ts';
import { type Cell, MAX_COLUMNS } from './table-grid.ts';

export type CellText = (cell: string) => string;

export const squeezed = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

const isFilled = (cell: string) => cell.trim() !== '';
const filledOf = ({ cells }: RecordRow) => cells.filter(isFilled);
const mergedAt = ({ merged }: RecordRow, column: number): Exclude<Merged, 'covered'> | undefined => {
  const found = merged?.get(column);
  return found === 'covered' ? undefined : found;
};
const isFromAbove = (row: RecordRow, column: number) => mergedAt(row, column)?.isFromAbove === true;

/** Above the names of the columns may stand what the table is, of when, and whose. */
const HEADER_WITHIN = 10;

function namesIn(row: RecordRow | undefined): number {
  const filled = row === undefined ? [] : filledOf(row);
  return filled.some((cell) => /^\s*\d/.test(cell)) ? 0 : filled.length;
}

/** „; Казань; Самара“: names of columns, and nothing above what the rows are called. */
const hasEmptyCorner = ({ cells }: RecordRow) =>
  cells.length > 2 && cells.every((cell, column) => isFilled(cell) === column > 0);

/** The row at the top with the most names; where all rows hold numbers, the first one of several cells. */
function headerOf(rows: readonly RecordRow[]): number {
  const first = rows.findIndex((row) => filledOf(row).length > 1);
  const top = rows[first];
  if (top !== undefined && hasEmptyCorner(top) && namesIn(top) > 0) return first;
  let header = rows
    .slice(0, HEADER_WITHIN)
    .reduce(
      (best, row, at) => (namesIn(row) > Math.max(1, namesIn(rows[best])) ? at : best),
      Math.max(0, first),
    );
  const reachesDown = (row: RecordRow | undefined) =>
    row?.cells.some((_, column) => isFromAbove(row, column)) === true;
  while (reachesDown(rows[header]) && namesIn(rows[header - 1]) > 1) header -= 1;
  return header;
}

/**
 * The cells of a table whose rows have as many as its header; rows of more cells are `ragged`, and left out. `headerRows` are the
 * first ones up to a header that is set apart by its looks.
 */
export function evenCells(
  rows: readonly RecordRow[],
  cellText: CellText,
): { cells: Cell[][]; headerRows: number; ragged: RaggedRow[] } {
  const severalCells = rows.filter((row) => filledOf(row).length > 1);
  const isOfFacts = areFacts(severalCells.map((row) => filledOf(row)[0] ?? ''));
  const [first] = severalCells;
  const header = isOfFacts && first !== undefined ? rows.indexOf(first) : headerOf(rows);
  const columns = isOfFacts ? widthOf(rows) : (rows[header]?.cells.length ?? 1);
  const ragged = rows
    .slice(header)
    .map(({ cells, line }) => ({ line, cells: cells.findLastIndex(isFilled) + 1, columns }))
    .filter((row) => row.cells > columns);
  // A header alone says nothing.
  if (ragged.length > 0 && ragged.length === rows.length - header - 1)
    return { cells: [], headerRows: 0, ragged };
  const left = new Set(ragged.map(({ line }) => line));
  return {
    cells: rows
      .filter(({ line }) => !left.has(line))
      .map((row, at) => {
        const filled = filledOf(row);
        // Titles and names of groups stand in one cell of their row, which spreadsheets show over all columns.
        if (columns > 1 && (at < header || filled.length === 1))
          return [
            {
              text:
                columns === 2 && filled.length === 2
                  ? named(filled.map(squeezed))
                  : squeezed(filled.join(' ')),
              columns,
            },
          ];
        return at === header && !isOfFacts
          ? headerCells(row, { below: rows[header + 1], cellText })
          : bodyCells(row, cellText);
      }),
    headerRows: !isOfFacts && isMarked(rows, header) ? header + 1 : 0,
    ragged,
  };
}

const widthOf = (rows: readonly RecordRow[]) =>
  rows.reduce((most, { cells }) => Math.max(most, cells.length), 1);

const isMarked = (rows: readonly RecordRow[], header: number) =>
  namesIn(rows[header]) > 1 && rows[header]?.isBold === true && rows[header + 1]?.isBold === false;

function bodyCells(row: RecordRow, cellText: CellText): Cell[] {
  return row.cells.flatMap((cell, column) => {
    if (isUnder(row, column)) return [];
    const merged = mergedAt(row, column);
    const text = cellText(cell);
    return [
      merged === undefined ? { text } : { text, ...widthAt(merged, column), isFromAbove: merged.isFromAbove },
    ];
  });
}

/** Whether a cell that begins to the left takes the place. */
function isUnder(row: RecordRow, column: number): boolean {
  return row.merged?.get(column) === 'covered' && column < MAX_COLUMNS;
}

/** The grid knows of no wide cells beyond its bound: what they cover is empty there. */
const widthAt = ({ columns }: { columns: number }, column: number) => ({
  columns: column < MAX_COLUMNS ? Math.min(columns, MAX_COLUMNS - column) : 1,
});

function headerCells(
  row: RecordRow,
  { below, cellText }: { below: RecordRow | undefined; cellText: CellText },
): Cell[] {
  const isWide = row.cells.some((_, column) => (mergedAt(row, column)?.columns ?? 1) > 1);
  if (below !== undefined && isOfHeader(below, row))
    return isWide ? bodyCells({ ...row, merged: notFromAbove(row) }, squeezed) : spanning(row, below);
  // A name over several columns names each of them.
  let name = '';
  return row.cells.map((text, column) => {
    if (row.merged?.get(column) !== 'covered') name = text;
    return { text: cellText(name) };
  });
}

/** What reaches down to the header begins in a title, which is told by itself. */
const notFromAbove = ({ merged = new Map<number, Merged>() }: RecordRow) =>
  new Map(
    [...merged].map(([column, each]) => [
      column,
      each === 'covered' ? each : { ...each, isFromAbove: false },
    ]),
  );

/** „розница“ and „опт“ in the gaps behind „Цена“: a header of two rows, whose merged cells CSV cannot say. */
function isOfHeader(below: RecordRow, header: RecordRow): boolean {
  const own = below.cells.map((cell, column) => (isFromAbove(below, column) ? '' : cell));
  const filled = own.filter(isFilled);
  return (
    filled.length > 1 &&
    !isFilled(own[0] ?? '') &&
    !filled.some((cell) => /^\s*\d/.test(cell)) &&
    own.some((cell, column) => isFilled(cell) && !isFilled(header.cells[column] ?? ''))
  );
}

function spanning(header: RecordRow, below: RecordRow): Cell[] {
  const cells: { text: string; columns: number }[] = [];
  for (const [column, text] of header.cells.entries()) {
    const last = cells.at(-1);
    const isGap = !isFilled(text) && isFilled(below.cells[column] ?? '');
    if (isGap && last !== undefined) last.columns += 1;
    else cells.push({ text: squeezed(text), columns: 1 });
  }
  return cells;
}
