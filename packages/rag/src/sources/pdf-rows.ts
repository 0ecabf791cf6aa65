import type { PdfLine, PdfPart } from './pdf-line.ts';

/** A cell, or a line of text that is none. */
export type PdfCell = PdfPart & {
  lines: readonly string[];
  /** Of the first line, and of the last. */
  top: number;
  bottom: number;
  /** Of a cell of one line: what may be cells of their own. */
  pieces: readonly PdfPart[];
};

/** What stands side by side; a line of text is a row of one cell. */
export type PdfRow = { cells: readonly PdfCell[]; lines: readonly PdfLine[] };

/** Sizes of the letters between two lines of a cell, at the most. */
const LINE_PITCH = 2.2;
/** Of the letters: heights that differ by less are the same. */
const SAME_HEIGHT = 0.4;
const MAX_CELL_LINES = 8;
/** Points. */
const SAME_EDGE = 2;
const BULLET = /^(?:[^\p{L}\p{N}]{1,2}|\d{1,2}[.)])$/u;

export const topOf = ({ cells }: PdfRow) => Math.max(...cells.map(({ top }) => top));
export const bottomOf = ({ cells }: PdfRow) => Math.min(...cells.map(({ bottom }) => bottom));

/** The lines of a page as rows. They are written cell by cell, each from top to bottom, whichever stands higher. Pure. */
export function pdfRows(page: readonly PdfLine[]): PdfRow[] {
  const rows: PdfRow[] = [];
  for (const line of page) {
    const row = rows.at(-1);
    const cells = cellsOf(line);
    const [first] = cells;
    if (first === undefined) continue;
    if (row !== undefined && isBeside({ row, above: aboveCell(rows), first, line })) {
      rows[rows.length - 1] = { cells: [...row.cells, ...cells], lines: [...row.lines, line] };
    } else if (row !== undefined && cells.length === 1 && goesOn({ row, first, line })) {
      rows[rows.length - 1] = {
        cells: [...row.cells.slice(0, -1), ...row.cells.slice(-1).map((cell) => grown(cell, first))],
        lines: [...row.lines, line],
      };
    } else rows.push({ cells, lines: [line] });
  }
  return withFirstCells(rows);
}

function cellsOf({ parts, pieces, y }: PdfLine): PdfCell[] {
  const [mark, text, ...others] = parts;
  const kept =
    mark !== undefined && text !== undefined && BULLET.test(mark.text)
      ? [{ ...text, text: `${mark.text} ${text.text}`, x: mark.x }, ...others]
      : parts;
  return kept.map((part) => ({
    ...part,
    lines: [part.text],
    top: y,
    bottom: y,
    pieces: pieces.filter(({ x, right }) => x >= part.x && right <= part.right),
  }));
}

/** What stands above the last row, where that may be the last line of a first cell of several. */
function aboveCell(rows: readonly PdfRow[]): PdfRow | undefined {
  for (let count = 1; count < MAX_CELL_LINES; count += 1) {
    const [upper, lower] = rows.slice(-count - 1);
    if (upper === undefined || lower === undefined || rows.length <= count) return undefined;
    if (!isLineAbove(upper, lower)) return upper;
  }
  return rows.at(-MAX_CELL_LINES);
}

/** Two lines that may be of one cell. */
function isLineAbove(upper: PdfRow, lower: PdfRow): boolean {
  const [one, ...more] = upper.cells;
  const [other] = lower.cells;
  const size = lower.lines[0]?.size ?? 1;
  if (one === undefined || other === undefined || more.length > 0) return false;
  return Math.abs(one.x - other.x) <= SAME_EDGE && one.top - other.top <= LINE_PITCH * size;
}

/** The line is the next cell: to the right of the last one, at its height or above, and below the row above. */
function isBeside({
  row,
  above,
  first,
  line,
}: {
  row: PdfRow;
  above: PdfRow | undefined;
  first: PdfCell;
  line: PdfLine;
}): boolean {
  const last = row.cells.at(-1);
  if (last === undefined || first.x < last.right) return false;
  const most = Math.min(
    above === undefined ? Infinity : bottomOf(above),
    topOf(row) + MAX_CELL_LINES * LINE_PITCH * line.size,
  );
  return line.y < most && line.y > bottomOf(row) - SAME_HEIGHT * line.size;
}

/** The line is one more of the last cell. */
function goesOn({ row, first, line }: { row: PdfRow; first: PdfCell; line: PdfLine }): boolean {
  const [left, last] = row.cells.slice(-2);
  if (left === undefined || last === undefined) return false;
  const drop = last.bottom - line.y;
  const isUnder = first.x < last.right && first.right > last.x;
  return drop > 0 && drop <= LINE_PITCH * line.size && isUnder && first.x >= left.right;
}

const grown = (cell: PdfCell, { lines, x, right, bottom }: PdfCell): PdfCell => ({
  ...cell,
  lines: [...cell.lines, ...lines],
  text: [...cell.lines, ...lines].join(' '),
  x: Math.min(cell.x, x),
  right: Math.max(cell.right, right),
  bottom,
  pieces: [],
});

/**
 * The first cell of a row may have begun in the lines above, which nothing tells from a paragraph but its height: that of
 * the other cells begins where it does, or stands amid it.
 */
function withFirstCells(rows: readonly PdfRow[]): PdfRow[] {
  const done: PdfRow[] = [];
  for (const row of rows) {
    const { cell, count } = firstCell(done, row);
    const taken = done.splice(done.length - count, count);
    done.push(
      cell === undefined
        ? row
        : {
            cells: [cell, ...row.cells.slice(1)],
            lines: [...taken.flatMap(({ lines }) => lines), ...row.lines],
          },
    );
  }
  return done;
}

/** The whole first cell, and how many of the rows above are a part of it. */
function firstCell(done: readonly PdfRow[], row: PdfRow): { cell: PdfCell | undefined; count: number } {
  const [first, ...others] = row.cells;
  const size = row.lines[0]?.size ?? 1;
  let best: { cell: PdfCell | undefined; count: number } = { cell: undefined, count: 0 };
  if (first === undefined || others.length === 0) return best;
  const top = Math.max(...others.map((cell) => cell.top));
  const middle = (top + Math.min(...others.map((cell) => cell.bottom))) / 2;
  const isSame = (a: number, b: number) => Math.abs(a - b) < SAME_HEIGHT * size;
  let cell = first;
  for (let count = 1; count < MAX_CELL_LINES; count += 1) {
    const [upper, ...more] = done.at(-count)?.cells ?? [];
    if (upper === undefined || more.length > 0) break;
    if (Math.abs(upper.x - first.x) > SAME_EDGE || upper.top - cell.top > LINE_PITCH * size) break;
    cell = { ...grown(upper, cell), bottom: first.bottom };
    if (isSame(cell.top, top) || isSame((cell.top + cell.bottom) / 2, middle)) best = { cell, count };
  }
  return best;
}
