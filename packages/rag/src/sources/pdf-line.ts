export type PdfLine = {
  /** A tab parts what stands far apart. */
  text: string;
  /** Of the baseline, from the bottom of the page up. */
  y: number;
  /** Of the letters, in points. */
  size: number;
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
