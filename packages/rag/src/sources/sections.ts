import type { ParsedSource, Section } from './source.ts';

/** Collects text under its headings, as a document is read from top to bottom. */
export function createSections() {
  const sections: { headings: string[]; blocks: string[] }[] = [{ headings: [], blocks: [] }];
  const path: { depth: number; text: string }[] = [];
  let title: string | undefined;
  return {
    /** The first heading of depth 1 is the title. */
    heading: ({ depth, text }: { depth: number; text: string }): void => {
      if (text === '') return;
      if (depth === 1 && title === undefined) {
        title = text;
        return;
      }
      while ((path.at(-1)?.depth ?? 0) >= depth) path.pop();
      path.push({ depth, text });
      sections.push({ headings: path.map((entry) => entry.text), blocks: [] });
    },
    blocks: (...texts: readonly string[]): void => {
      sections.at(-1)?.blocks.push(...texts.filter((text) => text !== ''));
    },
    /** `name` is the title of a text that has none. */
    result: (name: string): ParsedSource => {
      const filled: Section[] = sections.filter(({ blocks }) => blocks.length > 0);
      return { title: title ?? name, sections: filled, pairs: [] };
    },
  };
}

export type Sections = ReturnType<typeof createSections>;

/** „Модель: iPhone 13; Цена: 42 990 ₽“: a row is read without the rows above it. */
export function tableRowText(header: readonly string[], cells: readonly string[]): string {
  return cells
    .map((value, column) => [header[column] ?? '', value] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => (name === '' ? value : `${name}: ${value}`))
    .join('; ');
}

/** Rows of a table without a marked header: a column of names and one of values, or the first row as the header. */
export function tableTexts(rows: readonly (readonly string[])[], hasHeader: boolean): string[] {
  const [first = [], ...others] = rows;
  if (hasHeader && others.length > 0) return others.map((row) => tableRowText(first, row));
  return rows.map((row) =>
    row.length === 2 && row.every((cell) => cell !== '')
      ? `${row[0]?.replace(/:$/, '')}: ${row[1]}`
      : tableRowText([], row),
  );
}
