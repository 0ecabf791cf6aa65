import { PARAGRAPH_GAP, type PdfLine, usualGap } from './pdf-line.ts';

/** Of the pages: what stands at the edge of so many is no text of the page. */
const REPEATED_SHARE = 0.5;
const MIN_REPEATS = 3;
/** Lines of a running head; more of the same on every page is a form, and its text. */
const MAX_LINES = 4;
/** Letters of another size than those beside them stand apart as well as a gap does. */
const OTHER_SIZE = 1.15;

type Page = { lines: readonly PdfLine[]; number: number; of: number };

/**
 * Pages without their running heads and feet: the outermost lines up to the first gap, wherever in the file they are
 * written, where they are the same at the same height of most pages, but for the page's number; and what a browser
 * prints around a page. Pure.
 */
export function withoutMargins(pages: readonly PdfLine[][]): PdfLine[][] {
  const apart = usualGap(pages) * PARAGRAPH_GAP;
  const numbered = pages.map((lines, index) => ({ lines, number: index + 1, of: pages.length }));
  const edges = (['top', 'bottom'] as const).map((edge) => {
    const outer = numbered.map((page) => outermost(page, edge));
    const repeated = repeatedShapes(
      outer.map((lines, index) => lines.map((line) => shapeOf(line, index + 1))),
    );
    return outer.map((lines, index) => {
      const count = 1 + lines.findIndex((line, at) => isApart({ one: line, other: lines[at + 1], apart }));
      const isRunning = lines.slice(0, count).every((line) => repeated.has(shapeOf(line, index + 1)));
      return isRunning && count <= MAX_LINES ? lines.slice(0, count) : [];
    });
  });
  return numbered.map((page, index) => {
    const margins = new Set([...edges.flatMap((of) => of[index] ?? []), ...browserLines(page)]);
    return page.lines.filter((line) => !margins.has(line));
  });
}

/** From the edge inwards; one more than are dropped, from which the last of them must stand apart. */
function outermost({ lines }: Page, edge: 'top' | 'bottom'): PdfLine[] {
  const byHeight = lines.toSorted((a, b) => (edge === 'top' ? b.y - a.y : a.y - b.y));
  return byHeight.slice(0, MAX_LINES + 1);
}

function isApart({
  one,
  other,
  apart,
}: {
  one: PdfLine | undefined;
  other: PdfLine | undefined;
  apart: number;
}): boolean {
  if (one === undefined || other === undefined) return true;
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  return Math.abs(one.y - other.y) > apart || large.size > small.size * OTHER_SIZE;
}

const NUMBER = String.raw`\d+(?:\s*(?:из|of|/)\s*\d+)?`;
const NAME = String.raw`(?:стр(?:аница|\.)?|page|p\.)\s*`;
const DASHES = String.raw`[^\p{L}\p{N}]*`;
const PAGE_NUMBER = new RegExp(`^${DASHES}(?:${NAME})?${NUMBER}${DASHES}$`, 'iu');
const NAMED_NUMBER = new RegExp(String.raw`(?<!\p{L})${NAME}${NUMBER}`, 'giu');

/** What a line is recognised by on the next page: its height and its text, but for the number of the page. */
function shapeOf(line: PdfLine, page: number): string {
  const parts = line.text.toLowerCase().split('\t');
  // Beside other text a number may be a price: that of the page goes up with the pages.
  const numberOf = (text: string) => `#${parts.length === 1 ? '' : Number(/\d+/.exec(text)) - page}`;
  const shapes = parts.map((part) =>
    PAGE_NUMBER.test(part) ? numberOf(part) : part.replaceAll(NAMED_NUMBER, '#'),
  );
  return `${Math.round(line.y / 4)} ${shapes.join(' ')}`;
}

function repeatedShapes(pages: readonly (readonly string[])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const shape of pages.flatMap((shapes) => [...new Set(shapes)]))
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  const least = Math.max(MIN_REPEATS, pages.length * REPEATED_SHARE);
  return new Set([...counts].filter(([, count]) => count >= least).map(([shape]) => shape));
}

const ADDRESS = String.raw`(?:https?|file)://\S+`;
const MOMENT = String.raw`\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?`;
const MARK = `(?:${ADDRESS}|${MOMENT})`;
const COUNT = String.raw`(\d+)\s*(?:/|из|of)\s*(\d+)`;
// Chromium: moment and title above, address and „1/3“ below; Firefox: title and address above, „1 из 3“ and moment below.
const BROWSER_FOOT = new RegExp(String.raw`^(?:${MARK}\s+${COUNT}|${COUNT}\s+${MARK})$`, 'iu');
const BROWSER_HEAD = new RegExp(String.raw`^(?:${MARK}(?:\s.*)?|.*\s${MARK})$`, 'iu');

/** Told by themselves, on a single page too: a last line of nothing but the address or moment and the page's own number. */
function browserLines({ lines, number, of }: Page): PdfLine[] {
  const byHeight = lines.toSorted((a, b) => b.y - a.y);
  const [head, foot] = [byHeight[0], byHeight.at(-1)];
  const found = BROWSER_FOOT.exec(foot?.text ?? '');
  if (foot === undefined || found === null) return [];
  const numbers = found
    .slice(1)
    .filter((text) => text !== undefined)
    .map(Number);
  if (numbers[0] !== number || numbers[1] !== of) return [];
  return head !== undefined && head !== foot && BROWSER_HEAD.test(head.text) ? [head, foot] : [foot];
}
