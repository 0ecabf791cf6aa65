import { PARAGRAPH_GAP, type PdfLine, usualGap } from './pdf-line.ts';
import { withoutMargins } from './pdf-margins.ts';
import { pdfElements, type PdfTable } from './pdf-tables.ts';
import { createSections } from './sections.ts';
import type { ParsedSource } from './source.ts';
import { tableTexts } from './table.ts';

/** Letters this much larger than those of most of the text make a heading. */
const HEADING_SIZE = 1.15;
const MAX_HEADING_LENGTH = 150;
/** Sizes of the letters between two lines of one heading. */
const HEADING_PITCH = 1.45;
const BULLET = /^(?:[•●▪◦‣·*–—-]|(?!№)\p{So}|\d{1,2}[.)])\s/u;
const SENTENCE_END = /[.!?…:;]["»”)]*$/;

/** Lines of pages as headings and paragraphs: wrapped lines joined, hyphens mended, running heads dropped. Pure. */
export function pdfText({ name, pages }: { name: string; pages: readonly PdfLine[][] }): ParsedSource {
  const kept = withoutMargins(pages);
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
  let depth = 0;
  const endBlock = () => {
    const text = joined(
      open.map((line) => line.text),
      compounds,
    );
    if (depth > 0) sections.heading({ depth: Math.min(depth, 6), text });
    else sections.blocks(text);
    open = [];
  };
  for (const element of pdfElements(kept)) {
    if ('table' in element) {
      endBlock();
      sections.blocks(...tableBlocks(element.table, compounds));
      continue;
    }
    const { line } = element;
    const last = open.at(-1);
    const ofLine = line.text.length <= MAX_HEADING_LENGTH ? sizes.indexOf(Math.round(line.size)) + 1 : 0;
    const isNew = last === undefined || ofLine !== depth;
    if (isNew || (depth > 0 ? isNewHeading({ last, line }) : isNewParagraph({ last, line, gap, right })))
      endBlock();
    depth = ofLine;
    open.push(line);
  }
  endBlock();
  return sections.result(name);
}

function tableBlocks({ columns, rows }: PdfTable, compounds: ReadonlySet<string>): string[] {
  const cellOf = (lines: readonly string[]) => ({ text: joined(lines, compounds) });
  return tableTexts(
    rows.map((row) => (row.length === 1 ? [{ ...cellOf(row[0] ?? []), columns }] : row.map(cellOf))),
    { headerRows: 0, isGuessed: true },
  );
}

/** A heading too long for its line goes on in the next one. */
const isNewHeading = ({ last, line }: { last: PdfLine; line: PdfLine }) =>
  last.y <= line.y || last.y - line.y > line.size * HEADING_PITCH;

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

function joined(lines: readonly string[], compounds: ReadonlySet<string>): string {
  let text = '';
  for (const given of lines) {
    const line = given.replaceAll('\t', ' ');
    const start = BROKEN_WORD.exec(text)?.[1];
    const rest = /^\p{Ll}+/u.exec(line)?.[0];
    if (start !== undefined && rest !== undefined) {
      const isCompound = compounds.has(compoundOf(start, rest));
      text = `${text.slice(0, -1)}${isCompound ? '-' : ''}${line}`;
    } else text += text === '' ? line : ` ${line}`;
  }
  return text;
}
