import { AppError } from '@avito-autoreply/runtime';
import type { Merged, RecordRow } from '../record-row.ts';
import type { CellRange } from './cell-range.ts';
import type { Sheet, SheetCell, SheetRow } from './sheet.ts';

/** A row of what a sheet shows. */
export type ShownRow = RecordRow & {
  /** The row above it is empty. */
  isApart: boolean;
};

/** Places of all rows together; text of a document fills far fewer. */
const MOST_PLACES = 4_000_000;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/**
 * The rows that a sheet shows, without the columns in which nothing stands: programs lay a table out over several narrow columns
 * for each of its own. What a cell of several places says stands in the first of them that is shown.
 */
export function shownRows({ rows: all, merges, isHiddenColumn }: Sheet): {
  rows: ShownRow[];
  hidden: number;
} {
  const isSaying = ({ cells }: SheetRow) =>
    [...cells].some(([column, { text }]) => !isHiddenColumn(column) && SAYS_SOMETHING.test(text));
  const merged = merges.filter(
    ({ fromRow, toRow, fromColumn, toColumn }) => fromRow < toRow || fromColumn < toColumn,
  );
  placeAnchors({ rows: all, merges: merged, isHiddenColumn });
  const saying = all.filter(isSaying);
  const rows = saying.filter(({ isHidden }) => !isHidden);
  const columns = [
    ...new Set(rows.flatMap(({ cells }) => [...cells.keys()].filter((column) => !isHiddenColumn(column)))),
  ].toSorted((a, b) => a - b);
  if (rows.length * columns.length > MOST_PLACES) {
    throw new AppError(`${rows.length} rows of ${columns.length} columns are too many: split the file`, {
      code: 'knowledge.too-much-text',
    });
  }
  const spans = spansOf({ merges: merged, rows, columns });
  const apart = rowsApart(all);
  const shown = rows.map((row, at) => ({
    line: row.row,
    cells: columns.map((column) => row.cells.get(column)?.text ?? ''),
    merged: spans.get(at),
    isApart: apart.has(row.row),
    isBold: columns.every((column) => row.cells.get(column)?.isBold ?? true),
  }));
  return { rows: shown, hidden: saying.length - rows.length };
}

/** Numbers of the rows above which there is an empty one; hidden ones between do not part. */
function rowsApart(rows: readonly SheetRow[]): Set<number> {
  const apart = new Set<number>();
  let expected = rows[0]?.row ?? 1;
  for (const { row, isHidden } of rows) {
    if (row !== expected) apart.add(row);
    // What is said of a hidden row holds for the next one that is shown.
    expected = isHidden && apart.has(row) ? 0 : row + 1;
  }
  return apart;
}

/** The rows of a range, of rows in their order. */
function rowsIn<Row extends { row: number }>(
  rows: readonly Row[],
  { fromRow, toRow }: CellRange,
): { at: number; rows: Row[] } {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.row ?? 0) < fromRow) low = middle + 1;
    else high = middle;
  }
  const found: Row[] = [];
  for (let at = low; (rows[at]?.row ?? Infinity) <= toRow; at += 1) found.push(...rows.slice(at, at + 1));
  return { at: low, rows: found };
}

type Columns = Pick<Sheet, 'isHiddenColumn'>;

/** Moves what a merged cell says to the first of its places that is shown, and takes away what stands below it, unseen. */
function placeAnchors({
  rows,
  merges,
  isHiddenColumn,
}: { rows: readonly SheetRow[]; merges: readonly CellRange[] } & Columns): void {
  for (const range of merges) {
    const within = rowsIn(rows, range).rows;
    const anchor = within[0]?.row === range.fromRow ? within[0].cells.get(range.fromColumn) : undefined;
    for (const { cells } of within) {
      for (const column of cells.keys())
        if (column >= range.fromColumn && column <= range.toColumn) cells.delete(column);
    }
    const row = within.find(({ isHidden }) => !isHidden);
    const column = firstShown(range, isHiddenColumn);
    if (anchor !== undefined && row !== undefined && column !== undefined) row.cells.set(column, anchor);
  }
}

function firstShown(
  { fromColumn, toColumn }: CellRange,
  isHidden: (column: number) => boolean,
): number | undefined {
  for (let column = fromColumn; column <= toColumn; column += 1) if (!isHidden(column)) return column;
  return undefined;
}

/** How far cells reach over the rows and columns that are left, by the places of these; what they say is put into each row. */
function spansOf({
  merges,
  rows,
  columns,
}: {
  merges: readonly CellRange[];
  rows: readonly SheetRow[];
  columns: readonly number[];
}): Map<number, Map<number, Merged>> {
  const spans = new Map<number, Map<number, Merged>>();
  for (const range of merges) {
    const { at, rows: within } = rowsIn(rows, range);
    const places = columns.flatMap((column, place) =>
      column >= range.fromColumn && column <= range.toColumn ? [place] : [],
    );
    const [first] = places;
    const cell: SheetCell | undefined = within[0]?.cells.get(columns[first ?? -1] ?? 0);
    if (cell === undefined || first === undefined || within.length * places.length < 2) continue;
    if (spans.get(at)?.has(first) === true) continue;
    for (const [down, { cells }] of within.entries()) {
      const ofRow = spans.get(at + down) ?? new Map<number, Merged>();
      spans.set(at + down, ofRow);
      for (const place of places) ofRow.set(place, 'covered');
      ofRow.set(first, { columns: places.length, isFromAbove: down > 0 });
      cells.set(columns[first] ?? 0, cell);
    }
  }
  return spans;
}
