import type { PdfLine, PdfPart } from './pdf-line.ts';

/** A piece of text as it is written, and how far it stands from the one before, in sizes of its letters. */
export type PdfPiece = PdfPart & { gap: number };
export type PdfPieces = { y: number; size: number; font: string; pieces: readonly PdfPiece[] };

/** So far apart that nothing but the height makes one line of it. */
const FAR = 2;
/** Sizes of the letters. */
const SAME_GAP = 0.05;
/** Of the pieces of a line. */
const MOST = 2 / 3;
/** Points. */
const SAME_EDGE = 1;
/** Lines before and after in which cells of the same column are looked for: one of several lines may lie between. */
const NEAR_LINES = 8;

/**
 * The pieces of a page's lines as parts: what stands far apart, and what stands close but begins or ends under what begins
 * or ends near it, as cells of a narrow table do. Justified text has gaps as wide as each other, and only
 * a table most of its words under others. Pure.
 */
export function pdfParts(written: readonly PdfPieces[]): PdfLine[] {
  const page = written.map((line) => ({ ...line, pieces: withUnits(line.pieces) }));
  const edges = page.map(({ y, pieces }, index) => {
    const before = page[index - 1];
    const last = before?.pieces.at(-1);
    const isBeside =
      before !== undefined && last !== undefined && (pieces[0]?.x ?? 0) > last.right && y >= before.y;
    return pieces.slice(isBeside ? 0 : 1);
  });
  return page.map(({ y, size, font, pieces }, index) => {
    const near = [
      ...edges.slice(Math.max(0, index - NEAR_LINES), index),
      ...edges.slice(index + 1, index + 1 + NEAR_LINES),
    ];
    const neighboursOf = (piece: PdfPiece) =>
      near.filter((others) => others.some((other) => isAligned(piece, other))).length;
    const isInTable = [edges[index - 1], edges[index + 1]].some((others) => stand(edges[index], others));
    const isCut = (piece: PdfPiece, at: number) => {
      if (isJustified(pieces, at)) return isInTable;
      return piece.gap > FAR || neighboursOf(piece) > 0;
    };
    const parts: PdfPart[] = [];
    for (const [at, piece] of pieces.entries()) {
      const part = parts.at(-1);
      const { text, x, right } = piece;
      if (part === undefined || isCut(piece, at)) parts.push({ text, x, right });
      else {
        part.text += ` ${text}`;
        part.right = right;
      }
    }
    const text = parts.map((part) => part.text).join('\t');
    return { text, parts, pieces, y, size, font, right: pieces.at(-1)?.right ?? 0 };
  });
}

const UNIT = /^(?:₽|руб\.?|р\.|%)$/iu;

/** A sign that a font lacks is written by itself, and stands under others like it: it is no cell for that. */
function withUnits(pieces: readonly PdfPiece[]): PdfPiece[] {
  const joined: PdfPiece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last !== undefined && UNIT.test(piece.text) && /\d$/.test(last.text) && piece.gap <= FAR)
      joined[joined.length - 1] = { ...last, text: `${last.text} ${piece.text}`, right: piece.right };
    else joined.push(piece);
  }
  return joined;
}

/** The gap before a piece is as wide as the one beside it. */
function isJustified(pieces: readonly PdfPiece[], at: number): boolean {
  const gap = pieces[at]?.gap ?? 0;
  const beside = [pieces[at - 1], pieces[at + 1]].filter((_, index) => at + index > 1);
  return beside.some((piece) => piece !== undefined && Math.abs(piece.gap - gap) < SAME_GAP);
}

/** Most of the pieces stand under those of the line beside. */
const stand = (pieces: readonly PdfPart[] = [], others: readonly PdfPart[] = []) =>
  pieces.length > 1 &&
  pieces.filter((piece) => others.some((other) => isAligned(piece, other))).length >= pieces.length * MOST;

const isAligned = (a: PdfPart, b: PdfPart) =>
  Math.abs(a.x - b.x) < SAME_EDGE || Math.abs(a.right - b.right) < SAME_EDGE;
