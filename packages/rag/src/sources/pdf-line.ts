/** A line of text, or a cell of a table. */
export type PdfPart = {
  text: string;
  /** From the left. */
  x: number;
  right: number;
};

export type PdfLine = {
  /** With tabs between its parts. */
  text: string;
  parts: readonly PdfPart[];
  /** As they were written: words, lines, or cells. */
  pieces: readonly PdfPart[];
  /** Of the baseline, from the bottom of the page up. */
  y: number;
  /** Of the letters, in points. */
  size: number;
  /** Of the first letters; two that differ are two. */
  font: string;
  /** Where the line ends, from the left. */
  right: number;
};

/** Lines this much farther apart than most are two paragraphs. */
export const PARAGRAPH_GAP = 1.4;

/** The most frequent distance of two lines. */
export function usualGap(pages: readonly PdfLine[][]): number {
  const gaps = new Map<number, number>();
  for (const lines of pages) {
    for (const [index, line] of lines.entries()) {
      const drop = Math.round((lines[index - 1]?.y ?? line.y) - line.y);
      if (drop > 0) gaps.set(drop, (gaps.get(drop) ?? 0) + 1);
    }
  }
  return [...gaps].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? Infinity;
}
