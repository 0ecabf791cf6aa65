import { pickColumns } from './pick-columns.ts';
import type { ShownRow } from './shown-rows.ts';

const HEADER_WITHIN = 10;

/** Tables that stand beside each other to save paper: a header that says the same names again is of as many tables. */
export function tablesAbreast(rows: readonly ShownRow[]): ShownRow[][] {
  const header = rows.slice(0, HEADER_WITHIN).findIndex(({ cells }) => periodOf(cells) > 0);
  if (header < 0) return [[...rows]];
  const [above, below] = [rows.slice(0, header), rows.slice(header)];
  const width = rows[header]?.cells.length ?? 0;
  const period = periodOf(rows[header]?.cells ?? []);
  const tables = Array.from({ length: width / period }, (_, table) => {
    const columns = Array.from({ length: period }, (__, column) => table * period + column);
    return below.flatMap((row) => {
      if (isOfAll(row)) return [{ ...row, cells: wide(row, period), merged: undefined }];
      const own = pickColumns(row, columns);
      return own.cells.some((cell) => cell.trim() !== '') ? [own] : [];
    });
  });
  const [first = [], ...others] = tables;
  return [[...above, ...first], ...others];
}

/** After so many columns the same names begin again; 0 where they do not. */
function periodOf(cells: readonly string[]): number {
  const names = cells.map((cell) => cell.trim());
  for (let period = 2; period <= names.length / 2; period += 1) {
    const isAgain = names.every((name, column) => name !== '' && name === names[column % period]);
    if (isAgain && names.length % period === 0 && new Set(names).size === period) return period;
  }
  return 0;
}

/** The name of a group, over all of the tables. */
function isOfAll({ cells, merged }: ShownRow): boolean {
  const filled = [...cells.keys()].filter((column) => cells[column]?.trim() !== '');
  const first = merged?.get(filled[0] ?? -1);
  return filled.length === 1 && first !== undefined && first !== 'covered' && first.columns === cells.length;
}

const wide = ({ cells }: ShownRow, period: number) =>
  Array.from({ length: period }, (_, column) =>
    column === 0 ? (cells.find((cell) => cell.trim() !== '') ?? '') : '',
  );
