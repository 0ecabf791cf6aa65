import type { ReadHtml } from '../html-nodes.ts';
import type { ParseLimits } from '../limits.ts';
import { refuseOldOrProtected } from '../office-file.ts';
import { readRows } from '../records.ts';
import type { RecordRow } from '../record-row.ts';
import type { ParsedSource } from '../source.ts';
import { openZip, type Zip } from '../zip.ts';
import { broken, relationsOf, xmlOf } from './parts.ts';
import { sharedStrings } from './rich-text.ts';
import { readSheet } from './sheet.ts';
import { tablesOf } from './sheet-tables.ts';
import { type ShownRow, shownRows } from './shown-rows.ts';
import { readStyles } from './styles.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

/** Names that programs give; they say nothing. */
const NAMELESS = /^(?:лист|sheet|worksheet|table|таблица|tdsheet|страница|page)[\s_]?\d*$/iu;

/**
 * The tables of the sheets that a workbook shows, each under the name of its sheet: as Excel shows them, of formulas what was
 * calculated last. Nothing is run, and nothing outside of the file is read. Throws AppErrors `knowledge.*`.
 */
export async function parseXlsx({
  name,
  bytes,
  limits,
}: {
  name: string;
  bytes: Uint8Array;
  limits: ParseLimits;
}): Promise<ParsedSource> {
  refuseOldOrProtected(bytes, { old: '.xls', now: '.xlsx' });
  const zip = openZip(bytes, limits);
  const workbook = readWorkbook(zip);
  const sheets = readSheets(zip, { workbook, limits });
  const readHtml = await htmlReaderFor(sheets);
  const read = sheets.flatMap(({ name: sheet, rows }) => {
    const named = NAMELESS.test(sheet.trim()) || sheet.trim() === name ? [] : [sheet.trim()];
    const placeOf = ({ line }: RecordRow) => `row ${line} of „${sheet}“`;
    return tablesOf(rows).map((table) => {
      const { sections, pairs, incomplete = [] } = readRows(table.rows, { readHtml, placeOf });
      const above = table.title === '' ? named : [...named, table.title];
      const headed = sections.map(({ headings, blocks }) => ({ headings: [...above, ...headings], blocks }));
      return { sections: headed, pairs: pairs.map((pair) => ({ ...pair, headings: above })), incomplete };
    });
  });
  return {
    title: name,
    sections: read.flatMap(({ sections }) => sections),
    pairs: read.flatMap(({ pairs }) => pairs),
    incomplete: read.flatMap(({ incomplete }) => incomplete),
    uncalculated: sheets.flatMap(({ name: sheet, uncalculated }) =>
      uncalculated.map((cell) => `${sheet}!${cell}`),
    ),
    hiddenRows: sheets.flatMap(({ name: sheet, hidden }) => (hidden > 0 ? [{ sheet, rows: hidden }] : [])),
  };
}

type ShownSheet = { name: string; rows: ShownRow[]; hidden: number; uncalculated: string[] };

/** One after the other: together they may be larger than memory. */
function readSheets(
  zip: Zip,
  { workbook, limits }: { workbook: Workbook; limits: ParseLimits },
): ShownSheet[] {
  const partOf = (part: string | undefined) => (part === undefined ? '' : (xmlOf(zip, part) ?? ''));
  const strings = sharedStrings(partOf(workbook.strings));
  const styles = readStyles(partOf(workbook.styles));
  let left = limits.maxCharacters;
  return workbook.sheets.map(({ name, part }) => {
    const xml = xmlOf(zip, part);
    if (xml === undefined) throw broken(`its sheet „${name}“ is missing`);
    const links = new Map(
      relationsOf(zip, part).flatMap(({ id, target, isOutside }) => (isOutside ? [[id, target]] : [])),
    );
    const sheet = readSheet(xml, { ...workbook, strings, styles, links, maxCharacters: left });
    left -= sheet.characters;
    return { name, uncalculated: sheet.uncalculated, ...shownRows(sheet) };
  });
}

/** With a reader of HTML only where there is some: shops export what a thing is as the HTML of its page. */
async function htmlReaderFor(sheets: readonly ShownSheet[]): Promise<ReadHtml> {
  const hasTags = sheets.some(({ rows }) =>
    rows.some(({ cells }) => cells.some((cell) => /<[a-z]/i.test(cell))),
  );
  return hasTags ? (await import('../html.ts')).textsOfHtml : () => [];
}
