import { AppError } from '@avito-autoreply/runtime/errors';
import { z } from 'zod';
import { csvRows } from './csv-rows.ts';
import type { ReadHtml } from './html-nodes.ts';
import { isJson, isPairHeader, pairsOfJson, pairsOfRows, WANTED_JSON } from './pairs.ts';
import { parseJson } from './parse-json.ts';
import { type CellText, evenCells, squeezed } from './record-cells.ts';
import type { RecordRow } from './record-row.ts';
import type { ParsedSource, Section } from './source.ts';
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
  if (isJson(text)) {
    const value = parseJson(text);
    const pairs = pairsOfJson(value);
    if (pairs !== undefined) return { title: name, sections: [], ...pairs };
    return {
      title: name,
      sections: sectionsOf(tableRows(cellsOfJson(value, withoutTags(readHtml)), { headerRows: 1 })),
      pairs: [],
    };
  }
  return { title: name, ...readRows(csvRows(text, isPairHeader), { readHtml }) };
}

/** Throws `knowledge.bad-json` for JSON that `parseRecords` makes nothing of, in a fraction of its time. */
export function assertRecords(json: string): void {
  const value = parseJson(json);
  if (pairsOfJson(value) === undefined) recordsOf(value);
}

/** One table: its questions with answers as pairs, or its rows with the names of their columns. */
export function readRows(
  rows: readonly RecordRow[],
  { readHtml, placeOf }: { readHtml: ReadHtml; placeOf?: (row: RecordRow) => string },
): Omit<ParsedSource, 'title'> {
  const pairs = pairsOfRows(rows, placeOf);
  if (pairs !== undefined) return { sections: [], ...pairs };
  const { cells, headerRows, ragged } = evenCells(rows, withoutTags(readHtml));
  return { sections: sectionsOf(tableRows(cells, { headerRows })), pairs: [], ragged };
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

const HTML = /<(?:p|br|ul|ol|li|div|b|strong|em|h\d)\b[^<>]*>/i;

const withoutTags =
  (readHtml: ReadHtml): CellText =>
  (cell) =>
    squeezed(HTML.test(cell) ? readHtml(cell).join(' ') : cell);

const isFilled = (text: string) => text.trim() !== '';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const flatRecords = z.array(z.record(z.string(), z.union([scalar, z.array(scalar)]))).min(1);

/** More of them are no columns. */
const MAX_NAMES = 300;

/** Of a list of flat records, below the row of all their names. */
function cellsOfJson(value: unknown, cellText: CellText): Cell[][] {
  const { names, records } = recordsOf(value);
  return [
    names.map((text) => ({ text })),
    ...records.map((record) => names.map((name) => ({ text: cellText(textOf(record[name])) }))),
  ];
}

function recordsOf(value: unknown): { names: string[]; records: z.infer<typeof flatRecords> } {
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
  return { names, records };
}

function textOf(value: z.infer<typeof scalar> | z.infer<typeof scalar>[] | undefined): string {
  if (Array.isArray(value)) return value.map(textOf).filter(isFilled).join(', ');
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  return String(value ?? '');
}
