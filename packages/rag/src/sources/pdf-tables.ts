import type { PdfLine } from './pdf-line.ts';
import { bottomOf, type PdfCell, pdfRows, type PdfRow, topOf } from './pdf-rows.ts';

/** Rows of texts with one cell for each column; a row of one text names those below it. */
export type PdfTable = { columns: number; rows: readonly (readonly (readonly string[])[])[] };

/** A line of text, or a table, in the order in which they are read. */
export type PdfElement = { line: PdfLine } | { table: PdfTable };

type Row = PdfRow & { page: number };
type Column = { x: number; right: number };

const MIN_ROWS = 2;
/** By whose columns a row is judged. */
const NEAR_ROWS = 8;
/** Times the usual distance of two rows: farther apart it is text between two tables. */
const ROW_GAP = 1.3;
const SAME_SIZE = 1.1;
/** Sizes of the letters between two rows, where there are no others to tell. */
const ROW_PITCH = 2;
/** Sizes of the letters. */
const SAME_HEIGHT = 0.4;

/** The tables of a document, over the ends of its pages, and the lines between them. Pure. */
export function pdfElements(pages: readonly (readonly PdfLine[])[]): PdfElement[] {
  const rows = pages.flatMap((page, index) => pdfRows(page).map((row) => ({ ...row, page: index })));
  const elements: PdfElement[] = [];
  let above: Row | undefined;
  for (let at = 0; at < rows.length;) {
    const run = tableFrom(rows, at);
    if (run.length < MIN_ROWS) {
      above = rows[at];
      elements.push(...linesOf(above));
      at += 1;
      continue;
    }
    const header = headerAbove(above, run);
    if (header !== undefined) elements.splice(-header.lines.length);
    if (isProse(run)) for (const element of columnByColumn(run)) elements.push(element);
    else elements.push({ table: tableOf(header === undefined ? run : [header, ...run]) });
    above = undefined;
    at += run.length;
  }
  return elements;
}

const linesOf = (row: PdfRow | undefined) => (row?.lines ?? []).map((line) => ({ line }));

/** The rows of the table that begins here, with what is repeated on a new page; none where no table does. */
function tableFrom(rows: readonly Row[], from: number): Row[] {
  const run: Row[] = [];
  for (let at = from; at < rows.length; at += 1) {
    const row = rows[at];
    if (row === undefined) break;
    const isPart = run.length === 0 ? row.cells.length > 1 : belongs(run, row, rows[at + 1]);
    if (!isPart) break;
    run.push(row);
  }
  return run;
}

function belongs(run: readonly Row[], row: Row, next: Row | undefined): boolean {
  const [header] = run;
  const last = run.at(-1);
  if (header === undefined || last === undefined) return false;
  if (row.cells.length > 1) {
    return fits(row, run) && !isOtherHeader(row, run);
  }
  // The name of the rows below it.
  return (
    next !== undefined &&
    next.cells.length > 1 &&
    row.page === last.page &&
    row.page === next.page &&
    sizeOf(row) < sizeOf(header) * SAME_SIZE &&
    distance(last, row) < usualDistance(run) * ROW_GAP &&
    distance(row, next) < usualDistance(run) * ROW_GAP &&
    fits(next, run) &&
    !isOtherHeader(next, run)
  );
}

/** It has a text of the first row, and others; or letters as that row alone has them. */
function isOtherHeader(row: Row, run: readonly Row[]): boolean {
  const [header, ...others] = run.slice(0, NEAR_ROWS);
  const same = header === undefined ? 0 : sharedTexts(header, row);
  if (header === undefined || same === row.cells.length) return false;
  const isMarked = others.length > 0 && others.every((other) => fontOf(other) !== fontOf(header));
  return same > 0 || (isMarked && fontOf(row) === fontOf(header));
}

const fontOf = ({ lines }: PdfRow) => lines[0]?.font;

/** A line above that is a header whose cells stand close. */
function headerAbove(row: Row | undefined, run: readonly Row[]): Row | undefined {
  const [first] = run;
  if (row === undefined || first === undefined || row.page !== first.page || row.cells.length > 1)
    return undefined;
  const columns = columnsOf(run);
  const cells = cutAtColumns(row.cells, columns);
  const isClose = distance(row, first) < usualDistance(run) * ROW_GAP;
  return cells.length === columns.length && isClose ? { ...row, cells } : undefined;
}

const sizeOf = ({ lines }: PdfRow) => Math.max(...lines.map(({ size }) => size));
const distance = (upper: PdfRow, lower: PdfRow) => bottomOf(upper) - topOf(lower);

function usualDistance(run: readonly Row[]): number {
  const distances = run
    .flatMap((row, index) => {
      const next = run[index + 1];
      return next === undefined || next.page !== row.page ? [] : [distance(row, next)];
    })
    .toSorted((a, b) => a - b);
  const first = run[0];
  return distances[Math.floor(distances.length / 2)] ?? (first === undefined ? 0 : sizeOf(first) * ROW_PITCH);
}

const sharedTexts = (a: PdfRow, b: PdfRow) =>
  b.cells.filter(({ text }) => a.cells.some((cell) => cell.text === text)).length;

/** The columns are those of the row with the most cells, as wide as what stands in them. */
function columnsOf(rows: readonly PdfRow[]): Column[] {
  const most = rows.reduce((count, { cells }) => Math.max(count, cells.length), 0);
  const columns = Array.from({ length: most }, () => ({ x: Infinity, right: 0 }));
  for (const { cells } of rows) {
    if (cells.length < most) continue;
    for (const [index, column] of columns.entries()) {
      column.x = Math.min(column.x, cells[index]?.x ?? Infinity);
      column.right = Math.max(column.right, cells[index]?.right ?? 0);
    }
  }
  return columns;
}

/** None of its cells stands to the left of the one before, and not all in one column. */
function fits(row: PdfRow, run: readonly PdfRow[]): boolean {
  const columns = columnsOf([...run.slice(0, 1), ...run.slice(-NEAR_ROWS), row]);
  const places = row.cells.map((cell) => nearest(cell, columns));
  const isOrdered = places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0));
  return isOrdered && new Set(places).size > 1;
}

function nearest({ x, right }: Column, columns: readonly Column[]): number {
  const apart = columns.map((column) => Math.max(x, column.x) - Math.min(right, column.right));
  return apart.indexOf(Math.min(...apart));
}

function tableOf(run: readonly Row[]): PdfTable {
  const columns = columnsOf(run);
  const [header] = run;
  const rows = inOneRow(run)
    // On a new page.
    .filter(
      (row, index) => index === 0 || header === undefined || sharedTexts(header, row) < row.cells.length,
    )
    .map((row) => (row.cells.length === 1 ? row : { ...row, cells: cutAtColumns(row.cells, columns) }))
    .map(({ cells }) => {
      if (cells.length === 1) return cells.map(({ lines }) => lines);
      const texts: string[][] = columns.map(() => []);
      for (const cell of cells) texts[nearest(cell, columns)]?.push(...cell.lines);
      return texts;
    });
  return { columns: columns.length, rows };
}

/** What stands at one height is one row, whatever is written between. */
function inOneRow(run: readonly Row[]): Row[] {
  const rows: Row[] = [];
  for (const row of run) {
    const at = rows.findIndex(
      (other, index) =>
        index >= rows.length - 2 &&
        other.page === row.page &&
        distance(other, row) < -SAME_HEIGHT * sizeOf(row),
    );
    const parts = at < 0 ? [row] : [...rows.splice(at), row];
    rows.push({
      page: row.page,
      cells: parts.flatMap(({ cells }) => cells),
      lines: parts.flatMap(({ lines }) => lines),
    });
  }
  return rows;
}

/** Cells so close to each other that nothing but the columns parts them, as in a header above narrow ones. */
function cutAtColumns(cells: readonly PdfCell[], columns: readonly Column[]): PdfCell[] {
  if (cells.length >= columns.length) return [...cells];
  return cells.flatMap((cell) => {
    const cut: PdfCell[] = [];
    for (const { text, x, right } of cell.pieces) {
      const last = cut.at(-1);
      if (last === undefined || nearest(last, columns) !== nearest({ x, right }, columns))
        cut.push({ ...cell, text, lines: [text], x, right });
      else
        cut[cut.length - 1] = {
          ...last,
          text: `${last.text} ${text}`,
          lines: [`${last.text} ${text}`],
          right,
        };
    }
    return cut.length === 0 ? [cell] : cut;
  });
}

const MIN_PROSE = 5;
const FULL = 0.85;
const GOING_ON = 0.4;

/** Columns of text that are written line by line across the page: full lines, that go on in lower case. */
function isProse(run: readonly Row[]): boolean {
  const count = run[0]?.cells.length ?? 0;
  if (run.length < MIN_PROSE) return false;
  const isWhole = run.slice(0, -1).every(({ cells }) => cells.length === count);
  return (
    isWhole &&
    Array.from({ length: count }, (_, column) => column).every((column) => {
      const cells = run.flatMap((row) => row.cells[column] ?? []);
      const widths = cells.map(({ x, right }) => right - x);
      const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
      const most = widths.reduce((width, each) => Math.max(width, each), 0);
      const goingOn = cells.filter(({ text }) => /^\p{Ll}/u.test(text)).length;
      return mean > most * FULL && goingOn > cells.length * GOING_ON;
    })
  );
}

function columnByColumn(run: readonly Row[]): PdfElement[] {
  const columns = columnsOf(run);
  return columns.flatMap((_, column) =>
    run.flatMap(({ cells, lines }) => {
      const cell = cells.find((each) => nearest(each, columns) === column);
      const line = lines[0];
      if (cell === undefined || line === undefined) return [];
      const { text, x, right, top: y } = cell;
      return [
        {
          line: { text, parts: [{ text, x, right }], pieces: [], y, size: line.size, font: line.font, right },
        },
      ];
    }),
  );
}
