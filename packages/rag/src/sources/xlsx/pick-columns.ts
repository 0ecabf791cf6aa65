import type { Merged } from '../record-row.ts';
import type { ShownRow } from './shown-rows.ts';

/** A row of these columns only; cells that reach over several reach over those that are left. */
export function pickColumns(row: ShownRow, columns: readonly number[]): ShownRow {
  return {
    ...row,
    cells: columns.map((column) => row.cells[column] ?? ''),
    merged: row.merged === undefined ? undefined : mergedOf(row.merged, columns),
  };
}

function mergedOf(merged: ReadonlyMap<number, Merged>, columns: readonly number[]): Map<number, Merged> {
  const picked = new Map<number, Merged>();
  for (const [place, column] of columns.entries()) {
    const each = merged.get(column);
    if (each === undefined) continue;
    const isReached = (other: number) =>
      each !== 'covered' && other >= column && other < column + each.columns;
    picked.set(place, each === 'covered' ? each : { ...each, columns: columns.filter(isReached).length });
  }
  return picked;
}
