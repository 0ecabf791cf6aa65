import { createSections } from './sections.ts';
import type { ParsedSource } from './source.ts';

export type PdfLine = {
  text: string;
  /** Of the baseline, from the bottom of the page up. */
  y: number;
  /** Of the letters, in points. */
  size: number;
  /** Where the line ends, from the left. */
  right: number;
};

/** Letters this much larger than those of most of the text make a heading. */
const HEADING_SIZE = 1.15;
const MAX_HEADING_LENGTH = 150;
/** Lines this much farther apart than most are two paragraphs. */
const PARAGRAPH_GAP = 1.4;
/** Of the pages: what stands first or last on so many is no text of the page. */
const REPEATED_SHARE = 0.5;
const MIN_REPEATS = 3;
const BULLET = /^(?:[•●▪◦‣·*–—-]|\d{1,2}[.)])\s/;
const SENTENCE_END = /[.!?…:;]["»”)]*$/;

/** Lines of pages as headings and paragraphs: wrapped lines joined, hyphens mended, running heads dropped. Pure. */
export function pdfText({ name, pages }: { name: string; pages: readonly PdfLine[][] }): ParsedSource {
  const kept = withoutRunningHeads(pages);
  const lines = kept.flat();
  const body = bodySize(lines);
  const sizes = [...new Set(lines.map(({ size }) => Math.round(size)))]
    .filter((size) => size > body * HEADING_SIZE)
    .toSorted((a, b) => b - a);
  const compounds = compoundsOf(lines);
  const gap = usualGap(kept);
  const right = Math.max(0, ...lines.map((line) => line.right));
  const sections = createSections();
  let open: PdfLine[] = [];
  const endParagraph = () => {
    if (open.length > 0) sections.blocks(joined(open, compounds));
    open = [];
  };
  for (const line of lines) {
    const depth = sizes.indexOf(Math.round(line.size)) + 1;
    if (depth > 0 && line.text.length <= MAX_HEADING_LENGTH) {
      endParagraph();
      sections.heading({ depth: Math.min(depth, 6), text: line.text });
      continue;
    }
    const last = open.at(-1);
    if (last !== undefined && isNewParagraph({ last, line, gap, right })) endParagraph();
    open.push(line);
  }
  endParagraph();
  return sections.result(name);
}

function isNewParagraph({
  last,
  line,
  gap,
  right,
}: {
  last: PdfLine;
  line: PdfLine;
  gap: number;
  right: number;
}): boolean {
  if (BULLET.test(line.text)) return true;
  const drop = last.y - line.y;
  // A sentence that goes on over the end of the page or column goes on in lower case.
  if (drop <= 0) return SENTENCE_END.test(last.text) || !/^\p{Ll}/u.test(line.text);
  if (drop > gap * PARAGRAPH_GAP) return true;
  // A line that ends early, with the sentence: the next one begins something new.
  return last.right < right * 0.8 && SENTENCE_END.test(last.text);
}

/** The size in which most of the letters are set. */
function bodySize(lines: readonly PdfLine[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines)
    letters.set(Math.round(size), (letters.get(Math.round(size)) ?? 0) + text.length);
  return [...letters].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 1;
}

/** The most frequent distance of two lines. */
function usualGap(pages: readonly PdfLine[][]): number {
  const gaps = new Map<number, number>();
  for (const lines of pages) {
    for (const [index, line] of lines.entries()) {
      const drop = Math.round((lines[index - 1]?.y ?? line.y) - line.y);
      if (drop > 0) gaps.set(drop, (gaps.get(drop) ?? 0) + 1);
    }
  }
  return [...gaps].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? Infinity;
}

const PAGE_NUMBER = /^\W*(?:(?:стр(?:аница|\.)?|page|p\.)\s*)?\d+(?:\s*(?:из|of|\/)\s*\d+)?\W*$/i;

/** What a line is recognised by on the next page: its text, but for the number of the page, and its height. */
function shapeOf(line: PdfLine | undefined): string {
  if (line === undefined) return '';
  const text = PAGE_NUMBER.test(line.text) ? '#' : line.text.toLowerCase();
  return `${Math.round(line.y / 4)} ${text}`;
}

/** Drops the first and last lines of a page that stand apart and are the same on most pages, page numbers aside. */
function withoutRunningHeads(pages: readonly PdfLine[][]): PdfLine[][] {
  const apart = usualGap(pages) * PARAGRAPH_GAP;
  const isApart = (one: PdfLine | undefined, other: PdfLine | undefined) =>
    one === undefined || other === undefined || Math.abs(one.y - other.y) > apart;
  const heads = repeated(pages.map((lines) => shapeOf(lines[0])));
  const feet = repeated(pages.map((lines) => shapeOf(lines.at(-1))));
  return pages.map((lines) => {
    const start = heads.has(shapeOf(lines[0])) && isApart(lines[0], lines[1]) ? 1 : 0;
    const isFoot =
      lines.length > start && feet.has(shapeOf(lines.at(-1))) && isApart(lines.at(-1), lines.at(-2));
    return lines.slice(start, isFoot ? -1 : undefined);
  });
}

function repeated(shapes: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const shape of shapes) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  const least = Math.max(MIN_REPEATS, shapes.length * REPEATED_SHARE);
  return new Set(
    [...counts].filter(([shape, count]) => shape !== '' && count >= least).map(([shape]) => shape),
  );
}

// Long enough to tell words apart, short enough to leave their endings out.
const STEM = 4;
const compoundOf = (start: string, rest: string) => `${start}-${rest.slice(0, STEM)}`.toLowerCase();

/** Words that are written with a hyphen within a line („интернет-магазин“): they keep it at the end of one, too. */
function compoundsOf(lines: readonly PdfLine[]): Set<string> {
  return new Set(
    lines.flatMap(({ text }) =>
      [...text.matchAll(/(\p{L}+)-(\p{L}+)/gu)].map(([, start = '', rest = '']) => compoundOf(start, rest)),
    ),
  );
}

const BROKEN_WORD = /(\p{L}+)[-\u00ad\u2010]$/u;

function joined(lines: readonly PdfLine[], compounds: ReadonlySet<string>): string {
  let text = '';
  for (const line of lines) {
    const start = BROKEN_WORD.exec(text)?.[1];
    const rest = /^\p{Ll}+/u.exec(line.text)?.[0];
    if (start !== undefined && rest !== undefined) {
      const isCompound = compounds.has(compoundOf(start, rest));
      text = `${text.slice(0, -1)}${isCompound ? '-' : ''}${line.text}`;
    } else text += text === '' ? line.text : ` ${line.text}`;
  }
  return text;
}
