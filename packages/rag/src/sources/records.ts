import { AppError } from '@avito-autoreply/runtime/errors';
import { z } from 'zod';
import { type CsvRow, csvRows } from './csv-rows.ts';
import type { ReadHtml } from './html-nodes.ts';
import { isJson, isPairHeader, pairsOfJson, pairsOfRows, WANTED_JSON } from './pairs.ts';
import { parseJson } from './parse-json.ts';
import type { ParsedSource, RaggedRow, Section } from './source.ts';
import { type TableRow, tableRows } from './table.ts';
import type { Cell } from './table-grid.ts';

/**
 * CSV or JSON: questions with answers as pairs, any other table row by row with the names of its columns. A row with more cells
 * than there are columns is left out: nobody knows what its values are of. Throws `knowledge.bad-json`, `knowledge.broken-…`.
 */
export function parseRecords({
  name,
  text,
  readHtml,
}: {
  name: string;
  text: string;
  /** Shops export what a thing is as the HTML of its page. */
  readHtml: ReadHtml;
}): ParsedSource {
  const cellText = (cell: string) => squeezed(HTML.test(cell) ? readHtml(cell).join(' ') : cell);
  if (isJson(text)) {
    const value = parseJson(text);
    const pairs = pairsOfJson(value);
    if (pairs !== undefined) return { title: name, sections: [], ...pairs };
    return {
      title: name,
      sections: sectionsOf(tableRows(cellsOfJson(value, cellText), { headerRows: 1 })),
      pairs: [],
    };
  }
  const rows = csvRows(text, isPairHeader);
  const pairs = pairsOfRows(rows);
  if (pairs !== undefined) return { title: name, sections: [], ...pairs };
  const { cells, ragged } = evenCells(rows, cellText);
  return { title: name, sections: sectionsOf(tableRows(cells, { headerRows: 0 })), pairs: [], ragged };
}

/** A chunk holds several rows of up to so many characters; a longer one has chunks of its own, under its name. */
const LONG_ROW = 300;

function sectionsOf(rows: readonly TableRow[]): Section[] {
  const sections: { headings: string[]; blocks: string[] }[] = [];
  let isOpen = false;
  for (const { text, name } of rows) {
    const isLong = text.length > LONG_ROW;
    if (isLong || !isOpen) sections.push({ headings: isLong && name !== '' ? [name] : [], blocks: [] });
    sections.at(-1)?.blocks.push(text);
    isOpen = !isLong;
  }
  return sections;
}

const isFilled = (cell: string) => cell.trim() !== '';
const filledOf = ({ cells }: CsvRow) => cells.filter(isFilled);

/** Above the names of the columns may stand what the table is, of when, and whose. */
const HEADER_WITHIN = 10;

/** The row at the top with the most names; where all rows hold numbers, the first one of several cells. */
function headerOf(rows: readonly CsvRow[]): number {
  const first = rows.findIndex((row) => filledOf(row).length > 1);
  const namesIn = (row: CsvRow | undefined) => {
    const filled = row === undefined ? [] : filledOf(row);
    return filled.some((cell) => /^\s*\d/.test(cell)) ? 0 : filled.length;
  };
  return rows
    .slice(0, HEADER_WITHIN)
    .reduce(
      (best, row, at) => (namesIn(row) > Math.max(1, namesIn(rows[best])) ? at : best),
      Math.max(0, first),
    );
}

type CellText = (cell: string) => string;

function evenCells(rows: readonly CsvRow[], cellText: CellText): { cells: Cell[][]; ragged: RaggedRow[] } {
  const header = headerOf(rows);
  const columns = rows[header]?.cells.length ?? 1;
  const ragged = rows
    .slice(header)
    .map(({ cells, line }) => ({ line, cells: cells.findLastIndex(isFilled) + 1, columns }))
    .filter((row) => row.cells > columns);
  // A header alone says nothing.
  if (ragged.length > 0 && ragged.length === rows.length - header - 1) return { cells: [], ragged };
  const left = new Set(ragged.map(({ line }) => line));
  return {
    cells: rows
      .filter(({ line }) => !left.has(line))
      .map((row, at) => {
        const filled = filledOf(row);
        // Titles and names of groups stand in one cell of their row, which spreadsheets show over all columns.
        if (columns > 1 && (at < header || filled.length === 1))
          return [{ text: squeezed(filled.join(' ')), columns }];
        const below = rows[header + 1];
        return at === header && below !== undefined && isOfHeader(below, row)
          ? spanning(row, below)
          : row.cells.map((cell) => ({ text: cellText(cell) }));
      }),
    ragged,
  };
}

/** „розница“ and „опт“ in the gaps behind „Цена“: a header of two rows, whose merged cells CSV cannot say. */
function isOfHeader(below: CsvRow, header: CsvRow): boolean {
  const filled = filledOf(below);
  return (
    filled.length > 1 &&
    !isFilled(below.cells[0] ?? '') &&
    !filled.some((cell) => /^\s*\d/.test(cell)) &&
    below.cells.some((cell, column) => isFilled(cell) && !isFilled(header.cells[column] ?? ''))
  );
}

function spanning(header: CsvRow, below: CsvRow): Cell[] {
  const cells: { text: string; columns: number }[] = [];
  for (const [column, text] of header.cells.entries()) {
    const last = cells.at(-1);
    const isGap = !isFilled(text) && isFilled(below.cells[column] ?? '');
    if (isGap && last !== undefined) last.columns += 1;
    else cells.push({ text: squeezed(text), columns: 1 });
  }
  return cells;
}

const HTML = /<(?:p|br|ul|ol|li|div|b|strong|em|h\d)\b[^<>]*>/i;

const squeezed = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const flatRecords = z.array(z.record(z.string(), z.union([scalar, z.array(scalar)]))).min(1);

/** More of them are no columns. */
const MAX_NAMES = 300;

/** Of a list of flat records, below the row of all their names. */
function cellsOfJson(value: unknown, cellText: CellText): Cell[][] {
  const records = flatRecords.safeParse(value).data;
  if (records === undefined) {
    throw new AppError(
      `these are neither questions with answers nor a table: ${WANTED_JSON}, or a list of records without further levels, as [{"товар": "…", "цена": 590}]`,
      { code: 'knowledge.bad-json' },
    );
  }
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (names.length > MAX_NAMES) {
    throw new AppError(`the records have ${names.length} names, a table has at most ${MAX_NAMES}`, {
      code: 'knowledge.bad-json',
    });
  }
  return [
    names.map((text) => ({ text })),
    ...records.map((record) => names.map((name) => ({ text: cellText(textOf(record[name])) }))),
  ];
}

function textOf(value: z.infer<typeof scalar> | z.infer<typeof scalar>[] | undefined): string {
  if (Array.isArray(value)) return value.map(textOf).filter(isFilled).join(', ');
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  return String(value ?? '');
}
