import { AppError } from '@avito-autoreply/runtime';
import { linkText } from '../link-text.ts';
import { type Attributes, readXml } from '../office-xml.ts';
import { assertPlace, cellAt, type CellRange, isWithin, rangeOf, referenceOf } from './cell-range.ts';
import { createCellReader, type ReadCell } from './cell-reader.ts';
import { cellText } from './cell-text.ts';
import { isOn, localName, relationId } from './parts.ts';
import type { RichText } from './rich-text.ts';
import { type CellStyle, PLAIN } from './styles.ts';

export type SheetCell = { text: string; isBold: boolean };
/** `row` is its number in the sheet; cells of text only, by the numbers of their columns. */
export type SheetRow = { row: number; isHidden: boolean; cells: Map<number, SheetCell> };

export type Sheet = {
  /** Those with text, from top to bottom. */
  rows: SheetRow[];
  merges: CellRange[];
  isHiddenColumn: (column: number) => boolean;
  /** Cells of formulas without a value: no program has calculated them. */
  uncalculated: string[];
  /** Of all of its cells, hidden ones too. */
  characters: number;
};

type Context = {
  strings: readonly RichText[];
  styles: readonly CellStyle[];
  isFrom1904: boolean;
  /** Every value of a formula may be a stand-in, which the next program is asked to calculate. */
  isUncalculated: boolean;
  /** Where links lead, by their ids. */
  links: ReadonlyMap<string, string>;
  maxCharacters: number;
};

const ADDRESS_IN_FORMULA = /^\s*HYPERLINK\(\s*"([^"]+)"/i;

/** What a sheet shows, and what it hides. Throws `knowledge.broken-file`, `knowledge.too-much-text`. */
export function readSheet(xml: string, context: Context): Sheet {
  const rows = new Map<number, SheetRow>();
  const hidden: { from: number; to: number }[] = [];
  const sheet: Sheet = {
    rows: [],
    merges: [],
    isHiddenColumn: (column) => hidden.some(({ from, to }) => column >= from && column <= to),
    uncalculated: [],
    characters: 0,
  };
  const links: { range: CellRange; to: string }[] = [];
  const place = { row: 0, column: 0 };
  let isHiddenRow = false;
  let isNumbered = false;

  const startRow = (attributes: Attributes) => {
    isNumbered = attributes['r'] !== undefined;
    place.row = isNumbered ? Number(attributes['r']) : place.row + 1;
    place.column = 0;
    isHiddenRow = isOn(attributes['hidden']) || Number(attributes['ht'] ?? 1) === 0;
  };
  const startCell = ({ r: reference = '' }: Attributes) => {
    const at = cellAt(reference);
    if (at !== undefined && !isNumbered) place.row = at.row;
    place.column = at?.column ?? place.column + 1;
    assertPlace(place);
  };
  const addCell = (cell: ReadCell) => {
    if (isUncalculated(cell, context)) {
      if (!isHiddenRow && !sheet.isHiddenColumn(place.column)) sheet.uncalculated.push(referenceOf(place));
      return;
    }
    const style = context.styles[cell.style] ?? PLAIN;
    const to = ADDRESS_IN_FORMULA.exec(cell.formula ?? '')?.[1] ?? '';
    const text = linkText(cellText({ ...cell, style }, context), to);
    if (text.trim() === '') return;
    sheet.characters += text.length;
    if (sheet.characters > context.maxCharacters) throw tooMuchText(context.maxCharacters);
    const row = rows.get(place.row) ?? { row: place.row, isHidden: isHiddenRow, cells: new Map() };
    rows.set(place.row, row);
    row.cells.set(place.column, { text, isBold: style.isBold });
  };
  const addPart = (name: string, attributes: Attributes) => {
    const range = rangeOf(attributes['ref'] ?? '');
    if (name === 'col' && isOn(attributes['hidden']))
      hidden.push({ from: Number(attributes['min']), to: Number(attributes['max']) });
    if (name === 'mergeCell' && range !== undefined) sheet.merges.push(range);
    const to = name === 'hyperlink' ? context.links.get(relationId(attributes)) : undefined;
    if (range !== undefined && to !== undefined) links.push({ range, to });
  };

  const reader = createCellReader();
  readXml(xml, {
    open: (tag, attributes) => {
      const name = localName(tag);
      if (reader.isOpen()) reader.open(name, attributes);
      else if (name === 'row') startRow(attributes);
      else if (name === 'c') {
        startCell(attributes);
        reader.start(attributes);
      } else addPart(name, attributes);
    },
    text: reader.text,
    close: (tag) => {
      const name = localName(tag);
      reader.close(name);
      const cell = name === 'c' ? reader.end() : undefined;
      if (cell !== undefined) addCell(cell);
    },
  });
  sheet.rows = [...rows.values()].toSorted((a, b) => a.row - b.row);
  addLinks(sheet.rows, links);
  return sheet;
}

/** A text may be empty, as that of „nothing if sold out“; a number may not. */
function isUncalculated(
  { type, value = '', formula }: ReadCell,
  { isUncalculated: isStandIn }: Context,
): boolean {
  if (formula === undefined || (type !== '' && type !== 'n')) return false;
  return value.trim() === '' || (isStandIn && Number(value) === 0);
}

function addLinks(rows: readonly SheetRow[], links: readonly { range: CellRange; to: string }[]): void {
  const byRow = new Map(rows.map((row) => [row.row, row]));
  for (const { range, to } of links) {
    const within =
      range.fromRow === range.toRow
        ? [byRow.get(range.fromRow)].flatMap((row) => row ?? [])
        : rows.filter(({ row }) => row >= range.fromRow && row <= range.toRow);
    for (const { row, cells } of within) {
      for (const [column, cell] of cells)
        if (isWithin(range, { row, column })) cell.text = linkText(cell.text, to);
    }
  }
}

const tooMuchText = (most: number) =>
  new AppError(`more than ${most} characters are too many: split the file`, {
    code: 'knowledge.too-much-text',
  });
