import { areFacts, isFact } from './contact-facts.ts';
import { withUnit } from './column-unit.ts';
import { nameIn } from './naming-text.ts';
import { type Cell, gridOf, isOneCell, type Place } from './table-grid.ts';
import {
  areNamesOfColumns,
  hasHeader,
  headerHeight,
  headerOf,
  isHeaderAgain,
  namingColumn,
} from './table-header.ts';

/** A row that can be read without the rows above it. */
export type TableRow = {
  text: string;
  /** Of the thing that the row is about; empty where no cell tells it. */
  name: string;
};

type TableOptions = {
  /** So many of the first rows are marked as the header. */
  headerRows: number;
  /** What is a row was told by how it looks: a group whose end was missed would name rows of another one. */
  isGuessed?: boolean;
};

/** The texts of `tableRows`. */
export const tableTexts = (rows: readonly (readonly Cell[])[], options: TableOptions): string[] =>
  tableRows(rows, options).map(({ text }) => text);

/**
 * The rows of a table, each readable without the rows above it. Without a marked header, a table of two columns is names with
 * their values, and one of more has its header in its first row, unless that looks like the rows below. A row of one cell
 * names the rows that follow it.
 */
export function tableRows(
  rows: readonly (readonly Cell[])[],
  { headerRows, isGuessed = false }: TableOptions,
): TableRow[] {
  const grid = gridOf(rows.filter((cells) => cells.length > 0));
  const titles = grid.findIndex((row) => !isOneCell(row));
  const untitled = (row: readonly Place[]) => ({ text: row[0]?.text ?? '', name: '' });
  if (titles < 0) return grid.map(untitled).filter(({ text }) => text !== '');
  const body = grid.slice(titles);
  // Names of columns without a row say nothing.
  if (body.length === 1 && areNamesOfColumns(ownTexts(body[0] ?? [])))
    return grid.slice(0, titles).map(untitled);
  const width = body.reduce((most, row) => Math.max(most, row.length), 0);
  const isMarked = headerRows > titles;
  const isOfFacts =
    !isMarked && areFacts(body.filter((row) => !isOneCell(row)).map(([first]) => first?.text ?? ''));
  const height = headerHeight(
    body,
    isMarked ? headerRows - titles : Number(!isOfFacts && hasHeader(body, width)),
  );
  const header = headerOf(body.slice(0, height), width);
  const naming = namingColumn(body.slice(height), header);
  // Where no header stands between, the last title may name the first of several groups.
  const isGrouped = !isGuessed && height === 0 && titles > 0 && body.some(isOneCell);
  const from = isGrouped ? titles - 1 : titles;
  const below = grid.slice(from + height).filter((row) => !isHeaderAgain(row, body.slice(0, height)));
  const told: TableRow[] = [];
  let group = '';
  for (const [at, row] of below.entries()) {
    const isGroup = isOneCell(row);
    if (isGroup || TOTAL.test(row.find(({ text }) => text !== '')?.text ?? '')) group = '';
    if (!isGroup) {
      const text =
        height === 0 && (isOfFacts || isNameWithValue(row)) ? nameWithValues(row) : rowText(header, row);
      const named = group === '' || text === '' ? text : `${group}; ${text}`;
      told.push({ text: named, name: row[naming]?.text ?? '' });
      continue;
    }
    const next = below[at + 1];
    // A fact without a value names nothing.
    group = isGuessed || isFact(row[0]?.text ?? '') ? '' : nameIn(row[0]?.text ?? '');
    // Said with its rows.
    if (group === '' || next === undefined || isOneCell(next)) told.push(untitled(row));
  }
  return [...grid.slice(0, from).map(untitled), ...told].filter(({ text }) => text !== '');
}

/** Of the whole table, wherever it stands. */
const TOTAL = /^(?:итого|всего|total)(?!\p{L})/iu;

/** Longer ones are sentences, after which it is no longer plain what the other values are of. */
const LONG_VALUE = 80;

/** „Модель: iPhone 13; Цена: 42 990 ₽“: a row is read without the rows above it. What is told at length comes last. */
export function tableRowText(header: readonly string[], cells: readonly string[]): string {
  return cells
    .map((value, column) => [header[column] ?? '', value] as const)
    .filter(([, value]) => value !== '')
    .toSorted(([, a], [, b]) => Number(a.length > LONG_VALUE) - Number(b.length > LONG_VALUE))
    .map(([name, value]) => withUnit(name, value))
    .map(([name, value]) => (name === '' ? value : `${name}: ${value}`))
    .join('; ');
}

/** A cell of several columns is none of theirs, so it stands without a name. */
function rowText(header: readonly string[], row: readonly Place[]): string {
  const own = row.map(({ text, column }) => (column === 0 ? text : ''));
  const names = row.map(({ columns }, column) => (columns === 1 ? (header[column] ?? '') : ''));
  return tableRowText(names, own);
}

const ownTexts = (row: readonly Place[]) => row.filter(({ column }) => column === 0).map(({ text }) => text);

function isNameWithValue(row: readonly Place[]): boolean {
  const own = ownTexts(row);
  return own.length === 2 && own.every((text) => text !== '');
}

const nameWithValues = (row: readonly Place[]) => named(ownTexts(row).filter((text) => text !== ''));

/** „Адрес: Лермонтова, 5; вход с торца“ */
export const named = ([name = '', ...values]: readonly string[]): string =>
  values.length === 0 ? name : `${name.replace(/\s*:$/, '')}: ${values.join('; ')}`;
