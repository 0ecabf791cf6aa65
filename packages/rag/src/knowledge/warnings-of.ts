import type { ParsedSource, Warning } from '../sources/source.ts';

/** All that a source lacks, one warning for each kind of lack; each names its first places, and counts the others. */
export const warningsOf = (parsed: ParsedSource): Warning[] =>
  WARNINGS.flatMap((warning) => warning(parsed) ?? []);

const NAMED = 5;

const firstOf = (all: readonly unknown[], most = NAMED): string =>
  `${all.slice(0, most).join(', ')}${all.length > most ? ` and ${all.length - most} more` : ''}`;

function leftOut(rows: readonly string[]): string {
  const count = rows.length === 1 ? '1 row is' : `${rows.length} rows are`;
  return `${count} left out: ${firstOf(rows)}`;
}

function incompleteWarning({ incomplete = [] }: ParsedSource): Warning | undefined {
  if (incomplete.length === 0) return undefined;
  return {
    code: 'knowledge.incomplete-pairs',
    message: leftOut(incomplete.map(({ at, missing }) => `${at} has no ${missing}`)),
  };
}

function raggedWarning({ ragged = [] }: ParsedSource): Warning | undefined {
  if (ragged.length === 0) return undefined;
  const rows = ragged.map(
    ({ line, cells, columns }) => `line ${line} has ${cells} cells in ${columns} columns`,
  );
  return {
    code: 'knowledge.ragged-rows',
    message: `${leftOut(rows)}: put cells that hold the delimiter into quotation marks`,
  };
}

function uncalculatedWarning({ uncalculated = [] }: ParsedSource): Warning | undefined {
  if (uncalculated.length === 0) return undefined;
  return {
    code: 'knowledge.uncalculated-formulas',
    message: `formulas without a value are read as empty: ${firstOf(uncalculated)}: open the file in Excel and save it`,
  };
}

function hiddenWarning({ hiddenRows = [] }: ParsedSource): Warning | undefined {
  if (hiddenRows.length === 0) return undefined;
  const sheets = hiddenRows.slice(0, NAMED).map(({ sheet, rows }) => `${rows} of „${sheet}“`);
  const more = hiddenRows.length > NAMED ? ` and those of ${hiddenRows.length - NAMED} sheets more` : '';
  return {
    code: 'knowledge.hidden-rows',
    message: `hidden rows are not read: ${sheets.join(', ')}${more}: where they are meant, take the filter off and open the groups`,
  };
}

const NAMED_PAGES = 20;

function pagesWarning({ unreadPages = [] }: ParsedSource): Warning | undefined {
  if (unreadPages.length === 0) return undefined;
  return {
    code: 'knowledge.pages-without-text',
    message: `no text on page ${firstOf(unreadPages, NAMED_PAGES)}: where it is in pictures, recognise it (OCR)`,
  };
}

// What costs most comes first.
const WARNINGS = [incompleteWarning, raggedWarning, uncalculatedWarning, hiddenWarning, pagesWarning];
