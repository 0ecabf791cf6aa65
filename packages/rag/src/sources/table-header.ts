import { isOneCell, MAX_COLUMNS, type Place } from './table-grid.ts';

/** What no column is called. */
const PRICE = /\d\s*(?:₽|руб|р\.)/iu;
/** What a column of names is called. */
const NAMES =
  /^(?:name|title|product|назван|наименован|номенклатур|товар|модел|услуг|позици)\p{L}*(?:\s\p{L}+)?$/iu;
/** What a column of prices is called. */
const PRICES = /^(?:price|цена|стоимость)(?:$|[,(]|\s+(?:за|в|руб|розн|опт))/iu;
const NUMBER = /^\d[\d\s.,]*$/u;
const BEGINS_WITH_NUMBER = /^\d/u;

/** Whether texts can be nothing but the names of columns. */
export const areNamesOfColumns = ([first = '', ...others]: readonly string[]) =>
  others.some((text) => PRICES.test(text.trim())) || (others.length > 1 && NAMES.test(first.trim()));

/** Whether the first row names the columns, where nothing marks it. */
export function hasHeader([first = [], ...others]: readonly (readonly Place[])[], width: number): boolean {
  if (first.some(({ text }) => PRICE.test(text))) return false;
  const rows = others.filter((row) => !isOneCell(row));
  const below = (column: number) => rows.map((row) => row[column]?.text ?? '').filter((text) => text !== '');
  const own = first.map(({ text }, column) => ({ text, below: below(column) })).slice(1, MAX_COLUMNS);
  // A number says nothing without the name of its column; „Гарантия: 6 месяцев“ does.
  if (width <= 2) {
    if (NAMES.test(first[0]?.text ?? '')) return true;
    return own.some(
      (value) =>
        !BEGINS_WITH_NUMBER.test(value.text) &&
        value.below.length > 0 &&
        value.below.every((text) => NUMBER.test(text)),
    );
  }
  // „Размер; 42; 44; 46“ names columns, „Чехол; 590; есть“ above „Стекло; 390; нет“ does not.
  return isSeries(own.map(({ text }) => text)) || !own.some((value) => isLikeThose(value.text, value.below));
}

function isSeries(texts: readonly string[]): boolean {
  const numbers = texts.map((text) =>
    BEGINS_WITH_NUMBER.test(text) ? Number.parseInt(text, 10) : Number.NaN,
  );
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
}

const isLikeThose = (text: string, below: readonly string[]) =>
  BEGINS_WITH_NUMBER.test(text) &&
  below.filter((each) => BEGINS_WITH_NUMBER.test(each)).length > below.length / 2;

/** The header stands again where a page began, and forms number their columns below it. */
export function isHeaderAgain(row: readonly Place[], header: readonly (readonly Place[])[]): boolean {
  if (header.length === 0) return false;
  const isSame = header.some(
    (above) => above.length === row.length && above.every(({ text }, column) => text === row[column]?.text),
  );
  return isSame || (row.length > 2 && row.every(({ text }, column) => text === `${column + 1}`));
}

const MAX_NAME = 100;

/** The column that says to be of names, else the first one that tells the rows apart by words; -1 where none does. */
export function namingColumn(rows: readonly (readonly Place[])[], header: readonly string[]): number {
  const columns = header.slice(0, MAX_COLUMNS).map((name, column) => {
    const texts = rows.map((row) => row[column]?.text ?? '');
    const names = new Set(texts.filter((text) => text.length <= MAX_NAME && /\p{L}{2}/u.test(text)));
    return { isNamed: NAMES.test(name), isTelling: names.size > rows.length / 2 };
  });
  const named = columns.findIndex(({ isNamed, isTelling }) => isNamed && isTelling);
  return named >= 0 ? named : columns.findIndex(({ isTelling }) => isTelling);
}

/** Where a cell of the header reaches further down, or names several columns, the rows below are of it as well. */
export function headerHeight(grid: readonly (readonly Place[])[], marked: number): number {
  if (marked === 0 || grid.length < 2) return 0;
  const first = grid[0] ?? [];
  let height = Math.max(marked, first.some(({ columns }) => columns > 1) ? 2 : 1);
  while (grid[height]?.some(({ isFromAbove }) => isFromAbove)) height += 1;
  return Math.min(height, grid.length - 1);
}

export function headerOf(rows: readonly (readonly Place[])[], width: number): string[] {
  return Array.from({ length: width }, (_, column) => [
    ...new Set(rows.map((row) => row[column]?.text ?? '').filter((text) => text !== '')),
  ]).map((texts) => texts.join(' '));
}
