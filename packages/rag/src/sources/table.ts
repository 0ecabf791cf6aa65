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
type Place = {
  text: string;
  /** The cell began in a row above. */
  isFromAbove: boolean;
  /** How many columns its cell is wide, and which of them this is. */
  columns: number;
  column: number;
};

/** What no column is called. */
const PRICE = /\d\s*(?:₽|руб|р\.)/iu;
/** Whatever a table says of itself. */
const MAX_COLUMNS = 64;
const MAX_ROWS = 1_000;

/**
 * The rows of a table, each readable without the rows above it. Without a marked header, a table of two columns is names with
 * their values, and one of more has its header in its first row,
 * unless a price stands there.
 */
export function tableTexts(
  rows: readonly (readonly Cell[])[],
  { headerRows }: { headerRows: number },
): string[] {
  const grid = gridOf(rows.filter((cells) => cells.length > 0));
  const titles = grid.findIndex((row) => !isOneCell(row));
  if (titles < 0) return grid.map((row) => row[0]?.text ?? '').filter((text) => text !== '');
  const body = grid.slice(titles);
  const width = Math.max(...body.map((row) => row.length));
  const isNamed = width > 2 && body[0]?.every(({ text }) => !PRICE.test(text)) === true;
  const height = headerHeight(body, headerRows > titles ? headerRows - titles : Number(isNamed));
  const header = headerOf(body.slice(0, height), width);
  return [...grid.slice(0, titles), ...body.slice(height)]
    .map((row) => (height === 0 && isNameWithValue(row) ? nameWithValue(row) : rowText(header, row)))
    .filter((text) => text !== '');
}

/** „Модель: iPhone 13; Цена: 42 990 ₽“: a row is read without the rows above it. */
export function tableRowText(header: readonly string[], cells: readonly string[]): string {
  return cells
    .map((value, column) => [header[column] ?? '', value] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => (name === '' ? value : `${name}: ${value}`))
    .join('; ');
}

/** Every place of every row, also those that a cell of several columns or rows fills. */
function gridOf(rows: readonly (readonly Cell[])[]): Place[][] {
  const grid: Place[][] = rows.map(() => []);
  for (const [at, cells] of rows.entries()) {
    const row = grid[at] ?? [];
    let column = 0;
    for (const cell of cells) {
      while (row[column] !== undefined) column += 1;
      if (column >= MAX_COLUMNS) break;
      const columns = within(cell.columns, MAX_COLUMNS - column);
      const above = cell.isFromAbove === true ? grid[at - 1]?.[column] : undefined;
      const height = within(cell.rows, Math.min(MAX_ROWS, rows.length - at));
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
  return grid.map((row) =>
    Array.from(row, (place) => place ?? { text: '', isFromAbove: false, columns: 1, column: 0 }),
  );
}

const within = (given: number | undefined, most: number) =>
  Math.min(most, Math.max(1, Math.trunc(given ?? 1) || 1));

/** The name of a table, or of the rows below. */
const isOneCell = (row: readonly Place[]) => row.length > 1 && row[0]?.columns === row.length;

/** Where a cell of the header reaches further down, or names several columns, the rows below are of it as well. */
function headerHeight(grid: readonly (readonly Place[])[], marked: number): number {
  if (marked === 0 || grid.length < 2) return 0;
  const first = grid[0] ?? [];
  let height = Math.max(marked, first.some(({ columns }) => columns > 1) ? 2 : 1);
  while (grid[height]?.some(({ isFromAbove }) => isFromAbove)) height += 1;
  return Math.min(height, grid.length - 1);
}

function headerOf(rows: readonly (readonly Place[])[], width: number): string[] {
  return Array.from({ length: width }, (_, column) => [
    ...new Set(rows.map((row) => row[column]?.text ?? '').filter((text) => text !== '')),
  ]).map((texts) => texts.join(' '));
}

/** A cell of several columns is none of theirs, so it stands without a name. */
function rowText(header: readonly string[], row: readonly Place[]): string {
  const own = row.map(({ text, column }) => (column === 0 ? text : ''));
  const names = row.map(({ columns }, column) => (columns === 1 ? (header[column] ?? '') : ''));
  return tableRowText(names, own);
}

const isNameWithValue = (row: readonly Place[]) =>
  row.length === 2 && row.every(({ text, columns }) => text !== '' && columns === 1);

const nameWithValue = ([name, value]: readonly Place[]) => `${name?.text.replace(/:$/, '')}: ${value?.text}`;
