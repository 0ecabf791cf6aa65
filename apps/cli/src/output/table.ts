import { stripVTControlCharacters } from 'node:util';

const width = (text: string): number => Array.from(stripVTControlCharacters(text)).length;

/** Lines of left-aligned columns. Colours do not count towards the width. */
export function tableLines(rows: readonly (readonly string[])[], gap = 2): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, width(cell))));
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell) + gap))
      .join('')
      .trimEnd(),
  );
}
