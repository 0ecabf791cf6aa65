/** A cell as it stands in its row of the source. */
export type Cell = {
  text: string;
  /** So many columns wide; default 1. */
  columns?: number | undefined;
  /** So many rows high; default 1. */
  rows?: number | undefined;
  /** What Word has in the place of a cell that reaches down from the row above. */
  isFromAbove?: boolean | undefined;
};

/** A place of the grid that the cells fill. */
export type Place = {
  text: string;
  /** The cell began in a row above. */
  isFromAbove: boolean;
  /** How many columns its cell is wide, and which of them this is. */
  columns: number;
  column: number;
};

/** Whatever a cell says of itself. */
export const MAX_COLUMNS = 64;
const MAX_ROWS = 1_000;

/** Every place of every row, also those that a cell of several columns or rows fills; without columns of nothing. */
export function gridOf(rows: readonly (readonly Cell[])[]): Place[][] {
  const grid: Place[][] = rows.map(() => []);
  for (const [at, cells] of rows.entries()) {
    const row = grid[at] ?? [];
    let column = 0;
    for (const cell of cells) {
      while (row[column] !== undefined) column += 1;
      // What stands in its row is read, however far to the right; the bound is for what a cell says to fill.
      const isFar = column >= MAX_COLUMNS;
      const columns = isFar ? 1 : within(cell.columns, MAX_COLUMNS - column);
      const above = cell.isFromAbove === true ? grid[at - 1]?.[column] : undefined;
      const height = isFar ? 1 : within(cell.rows, Math.min(MAX_ROWS, rows.length - at));
      for (let down = 0; down < height; down += 1) {
        for (let across = 0; across < columns; across += 1) {
          (grid[at + down] ?? [])[column + across] = {
            text: above?.text ?? cell.text,
            isFromAbove: above !== undefined || down > 0,
            columns,
            column: across,
          };
        }
      }
      column += columns;
    }
  }
  return withoutEmptyColumns(
    grid.map((row) =>
      Array.from(row, (place) => place ?? { text: '', isFromAbove: false, columns: 1, column: 0 }),
    ),
  );
}

/** Spreadsheets leave them behind and between what they hold, and end the rows of their CSV with delimiters. */
function withoutEmptyColumns(grid: Place[][]): Place[][] {
  const filled = new Set(
    grid.flatMap((row) => row.flatMap(({ text, column }, at) => (text !== '' && column === 0 ? [at] : []))),
  );
  return grid.map((row) => {
    if (row.every((_, at) => filled.has(at))) return row;
    const cells = Map.groupBy(
      row.map((place, at) => ({ place, at })).filter(({ at }) => filled.has(at)),
      // Where the cell of the place begins.
      ({ place, at }) => at - place.column,
    );
    return [...cells.values()].flatMap((places) =>
      places.map(({ place }, column) => ({ ...place, columns: places.length, column })),
    );
  });
}

const within = (given: number | undefined, most: number) =>
  Math.min(most, Math.max(1, Math.trunc(given ?? 1) || 1));

/** The name of a table, or of the rows below. */
export const isOneCell = (row: readonly Place[]) => row.length > 1 && row[0]?.columns === row.length;
