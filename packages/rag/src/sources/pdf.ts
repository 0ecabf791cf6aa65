import { AppError } from '@avito-autoreply/runtime';
import { getDocumentProxy } from 'unpdf';
import type { ParseLimits } from './limits.ts';
import type { PdfLine } from './pdf-line.ts';
import { type PdfPiece, pdfParts } from './pdf-parts.ts';
import { pdfText } from './pdf-text.ts';
import type { ParsedSource } from './source.ts';

/** Fewer letters than this on a page on average: pictures of text, with a stamp or a page number at the most. */
const MIN_CHARACTERS_PER_PAGE = 8;
/** Sizes of the letters between pieces of one word, at the most. */
const JOINED = 0.15;
/** Of the parser's own remarks, errors only. */
const VERBOSITY = 0;

/** The text of a PDF with its headings, by the size of the letters. Throws AppErrors `knowledge.*`. */
export async function parsePdf({
  name,
  bytes,
  limits,
}: {
  name: string;
  bytes: Uint8Array;
  limits: ParseLimits;
}): Promise<ParsedSource> {
  const file = await open(bytes);
  if (file.numPages > limits.maxPages) {
    throw new AppError(
      `${file.numPages} pages are too many, at most ${limits.maxPages} are read: split the file`,
      {
        code: 'knowledge.too-many-pages',
      },
    );
  }
  const pages: PdfLine[][] = [];
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number);
    pages.push(linesOf((await page.getTextContent()).items));
    page.cleanup();
  }
  const characters = pages.flat().reduce((sum, { text }) => sum + text.length, 0);
  if (characters < MIN_CHARACTERS_PER_PAGE * pages.length) {
    throw new AppError(
      'the PDF holds pictures of pages and no text: recognise the text first (OCR), or write it into a text file',
      { code: 'knowledge.pdf-without-text' },
    );
  }
  const unreadPages = pages.flatMap((lines, index) => (lines.length === 0 ? [index + 1] : []));
  return { ...pdfText({ name, pages }), ...(unreadPages.length === 0 ? {} : { unreadPages }) };
}

async function open(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(bytes, {
      verbosity: VERBOSITY,
      disableFontFace: true,
      useSystemFonts: false,
    });
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'PasswordException') {
      throw new AppError('the file is protected by a password: save it without one', {
        code: 'knowledge.password-protected',
        cause,
      });
    }
    throw new AppError('the PDF is damaged and cannot be opened: save it anew', {
      code: 'knowledge.broken-file',
      cause,
    });
  }
}

type Item = Awaited<
  ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof open>>['getPage']>>['getTextContent']>
>['items'][number];

/** Pieces of text become lines by their height on the page, in the order in which they were written. */
function linesOf(items: readonly Item[]): PdfLine[] {
  const lines: { y: number; size: number; font: string; pieces: PdfPiece[] }[] = [];
  let isAfterBlank = false;
  for (const item of items) {
    if (!('str' in item) || item.str === '') continue;
    const text = item.str.replaceAll(/\s+/g, ' ');
    if (text === ' ') {
      isAfterBlank = true;
      continue;
    }
    const [, , , , x = 0, y = 0] = item.transform.map(Number);
    const size = Math.abs(item.height) || Math.abs(Number(item.transform[3])) || 1;
    const line = lines.at(-1);
    const last = line?.pieces.at(-1);
    const right = x + item.width;
    if (line === undefined || last === undefined || Math.abs(line.y - y) > size * 0.5 || right < last.x) {
      lines.push({ y, size, font: item.fontName, pieces: [{ text, x, right, gap: 0 }] });
    } else {
      const gap = (x - last.right) / size;
      if (isAfterBlank || gap > JOINED || last.text.endsWith(' ') || text.startsWith(' '))
        line.pieces.push({ text, x, right, gap });
      else {
        last.text += text;
        last.right = right;
      }
      line.size = Math.max(line.size, size);
    }
    isAfterBlank = false;
  }
  return pdfParts(
    lines.map((line) => ({
      ...line,
      pieces: line.pieces.map((piece) => ({ ...piece, text: piece.text.trim() })),
    })),
  );
}
