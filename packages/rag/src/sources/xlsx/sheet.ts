import { AppError } from '@avito-autoreply/runtime';
import { linkText } from '../link-text.ts';
import { type Attributes, readXml } from '../office-xml.ts';
import { assertPlace, cellAt, type CellRange, isWithin, rangeOf, referenceOf } from './cell-range.ts';
import { cellText } from './cell-text.ts';
import { isOn, localName, relationId } from './parts.ts';
import { createRichText, type RichText } from './rich-text.ts';
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
  const rich = createRichText();
  const place = { row: 0, column: 0 };
  let isHiddenRow = false;
  let isNumbered = false;
  let cell: { attributes: Attributes; value?: string; formula?: string; hasInline: boolean } | undefined;
  let reading: 'v' | 'f' | undefined;

  const startRow = (attributes: Attributes) => {
    isNumbered = attributes['r'] !== undefined;
    place.row = isNumbered ? Number(attributes['r']) : place.row + 1;
    place.column = 0;
    isHiddenRow = isOn(attributes['hidden']) || Number(attributes['ht'] ?? 1) === 0;
  };
  const startCell = (attributes: Attributes) => {
    const at = cellAt(attributes['r'] ?? '');
    if (at !== undefined && !isNumbered) place.row = at.row;
    place.column = at?.column ?? place.column + 1;
    assertPlace(place);
    cell = { attributes, hasInline: false };
  };
  const endCell = () => {
    if (cell === undefined) return;
    const { attributes, value, formula, hasInline } = cell;
    const type = attributes['t'] ?? '';
    const style = context.styles[Number(attributes['s'] ?? 0)] ?? PLAIN;
    const inline = hasInline ? rich.take() : undefined;
    cell = undefined;
    if (formula !== undefined && isUncalculated({ type, value }, context)) {
      sheet.uncalculated.push(referenceOf(place));
      return;
    }
    const shown = cellText({ type, value, inline, style }, context);
    const text = linkText(shown, ADDRESS_IN_FORMULA.exec(formula ?? '')?.[1] ?? '');
    if (text.trim() === '') return;
    sheet.characters += text.length;
    if (sheet.characters > context.maxCharacters) throw tooMuchText(context.maxCharacters);
    const row = rows.get(place.row) ?? { row: place.row, isHidden: isHiddenRow, cells: new Map() };
    rows.set(place.row, row);
    row.cells.set(place.column, { text, isBold: style.isBold });
  };

  readXml(xml, {
    open: (tag, attributes) => {
      const name = localName(tag);
      if (cell !== undefined) {
        if (name === 'is') cell.hasInline = true;
        reading = name === 'v' || name === 'f' ? name : undefined;
        if (name === 'v') cell.value ??= '';
        if (name === 'f') cell.formula ??= '';
        if (cell.hasInline) rich.open(name, attributes);
        return;
      }
      if (name === 'row') startRow(attributes);
      else if (name === 'c') startCell(attributes);
      else if (name === 'col' && isOn(attributes['hidden']))
        hidden.push({ from: Number(attributes['min']), to: Number(attributes['max']) });
      else if (name === 'mergeCell') {
        const range = rangeOf(attributes['ref'] ?? '');
        if (range !== undefined) sheet.merges.push(range);
      } else if (name === 'hyperlink') {
        const range = rangeOf(attributes['ref'] ?? '');
        const to = context.links.get(relationId(attributes));
        if (range !== undefined && to !== undefined) links.push({ range, to });
      }
    },
    text: (text) => {
      if (cell === undefined) return;
      if (cell.hasInline) rich.text(text);
      else if (reading === 'v') cell.value = (cell.value ?? '') + text;
      else if (reading === 'f') cell.formula = (cell.formula ?? '') + text;
    },
    close: (tag) => {
      const name = localName(tag);
      reading = undefined;
      if (cell?.hasInline === true) rich.close(name);
      if (name === 'c') endCell();
    },
  });
  sheet.rows = [...rows.values()].toSorted((a, b) => a.row - b.row);
  addLinks(sheet.rows, links);
  return sheet;
}

/** A text may be empty, as that of „nothing if sold out“; a number may not. */
function isUncalculated(
  { type, value = '' }: { type: string; value: string | undefined },
  { isUncalculated: isStandIn }: Context,
): boolean {
  if (type !== '' && type !== 'n') return false;
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
