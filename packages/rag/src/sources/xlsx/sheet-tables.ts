import type { Merged } from '../record-row.ts';
import { isNameOfColumn } from '../table-header.ts';
import type { ShownRow } from './shown-rows.ts';

/**
 * The tables of a sheet: behind an empty row another one begins where the next row of several cells names columns. Anything else
 * goes on with the table above, as price lists leave empty rows between their groups.
 */
export function tablesOf(rows: readonly ShownRow[]): ShownRow[][] {
  const tables: ShownRow[][] = [];
  for (const part of partsOf(rows)) {
    const above = tables.at(-1);
    if (above !== undefined && (!beginsTable(part) || isTitle(above))) above.push(...part);
    else tables.push(part);
  }
  return tables.map(withoutEmptyColumns);
}

function partsOf(rows: readonly ShownRow[]): ShownRow[][] {
  const parts: ShownRow[][] = [];
  for (const row of rows) {
    if (row.isApart || parts.length === 0) parts.push([]);
    parts.at(-1)?.push(row);
  }
  return parts;
}

const filledOf = ({ cells }: ShownRow) => cells.filter((cell) => cell.trim() !== '');

/** What a table is called, of when, and whose. */
const isTitle = (rows: readonly ShownRow[]) => rows.filter((row) => filledOf(row).length > 1).length < 2;

function beginsTable(part: readonly ShownRow[]): boolean {
  const at = part.findIndex((row) => filledOf(row).length > 1);
  const [header, below] = [part[at], part[at + 1]];
  if (header === undefined || below === undefined) return false;
  const names = filledOf(header);
  if (names.some((name) => /^\s*\d/.test(name))) return false;
  return (header.isBold === true && below.isBold === false) || names.some(isNameOfColumn);
}

/** Those that other tables of the sheet have. */
function withoutEmptyColumns(rows: readonly ShownRow[]): ShownRow[] {
  const width = rows[0]?.cells.length ?? 0;
  const isKept = Array.from({ length: width }, (_, column) =>
    rows.some(({ cells }) => cells[column]?.trim() !== ''),
  );
  const kept = [...isKept.keys()].filter((column) => isKept[column]);
  if (kept.length === width) return [...rows];
  return rows.map((row) => ({
    ...row,
    cells: kept.map((column) => row.cells[column] ?? ''),
    merged: row.merged === undefined ? undefined : narrowed(row.merged, kept),
  }));
}

function narrowed(merged: ReadonlyMap<number, Merged>, kept: readonly number[]): Map<number, Merged> {
  const narrow = new Map<number, Merged>();
  for (const [place, column] of kept.entries()) {
    const each = merged.get(column);
    if (each === undefined) continue;
    const columns =
      each === 'covered'
        ? 1
        : kept.filter((other) => other >= column && other < column + each.columns).length;
    narrow.set(place, each === 'covered' ? each : { ...each, columns });
  }
  return narrow;
}
