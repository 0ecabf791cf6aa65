import { nameIn } from '../naming-text.ts';
import { isPairHeader } from '../pairs.ts';
import { areNamesOfColumns } from '../table-header.ts';
import { pickColumns } from './pick-columns.ts';
import type { ShownRow } from './shown-rows.ts';
import { tablesAbreast } from './tables-abreast.ts';

/** `title` names the tables of a sheet but the first, whose title is told with it. */
export type SheetTable = { title: string; rows: ShownRow[] };

/**
 * The tables of a sheet: behind an empty row another one begins where the next row of several cells names columns. Anything else
 * goes on with the table above, as price lists leave empty rows between their groups.
 */
export function tablesOf(rows: readonly ShownRow[]): SheetTable[] {
  const tables: SheetTable[] = [];
  for (const part of partsOf(rows)) {
    const above = tables.at(-1);
    if (above === undefined) tables.push({ title: '', rows: part });
    else if (!beginsTable(part, above.rows) || isTitle(above.rows)) above.rows.push(...part);
    else tables.push(titled(part));
  }
  return tables.flatMap((table) =>
    tablesAbreast(withoutEmptyColumns(table.rows)).map((abreast) => ({
      title: table.title,
      rows: withoutNotesOnColumns(abreast),
    })),
  );
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

function titled(rows: ShownRow[]): SheetTable {
  const [first, ...others] = rows;
  const [text = '', ...more] = first === undefined ? [] : filledOf(first);
  const title = more.length === 0 ? nameIn(text.trim()) : '';
  return title === '' ? { title, rows } : { title, rows: others };
}

function beginsTable(part: readonly ShownRow[], above: readonly ShownRow[]): boolean {
  const at = part.findIndex((row) => filledOf(row).length > 1);
  const [header, below] = [part[at], part[at + 1]];
  if (header === undefined || below === undefined) return false;
  const names = filledOf(header);
  if (names.some((name) => /^\s*\d/.test(name))) return false;
  if (header.isBold === true && below.isBold === false) return true;
  // Questions may begin with anything.
  return areNamesOfColumns(names) && !above.some(({ cells }) => isPairHeader(cells));
}

/** Those that other tables of the sheet have. */
function withoutEmptyColumns(rows: readonly ShownRow[]): ShownRow[] {
  const width = rows[0]?.cells.length ?? 0;
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) =>
    rows.some(({ cells }) => cells[column]?.trim() !== ''),
  );
  return columns.length === width ? [...rows] : rows.map((row) => pickColumns(row, columns));
}

/** Below its names a template may say of each column whether it must be filled in, and where to read more. */
const NOTES_WITHIN = 10;
const LEAST_NOTES = 4;

function withoutNotesOnColumns(rows: readonly ShownRow[]): ShownRow[] {
  let names = 0;
  return rows.filter((row, at) => {
    const texts = filledOf(row).map((text) => text.replace(/ \(https?:\S+\)$/, ''));
    const different = new Set(texts).size;
    const [first] = texts;
    const areNotes =
      at < NOTES_WITHIN &&
      texts.length >= LEAST_NOTES &&
      different < names &&
      different * 2 <= texts.length &&
      texts.filter((text) => text === first).length > 1 &&
      !texts.some((text) => /^\s*\d/.test(text));
    names = Math.max(names, different);
    return !areNotes;
  });
}
