import { cleanText } from '../text/normalize.ts';
import { parsePairs } from './pairs.ts';
import type { ParsedSource, PlainSource } from './source.ts';

/** Reads a text into sections or pairs. Throws AppErrors `knowledge.*` that say what is wrong with the text. */
export function parseText({ kind, name, text }: PlainSource): ParsedSource {
  const clean = cleanText(text);
  switch (kind) {
    case 'pairs':
      return { title: name, sections: [], ...parsePairs(clean) };
    case 'text':
      return { title: name, sections: [{ headings: [], blocks: paragraphsOf(clean) }], pairs: [] };
  }
}

// Looked for from the beginning of the spaces only: from each of a hundred thousand of them it would take minutes.
const WRAP = /(?<![ \t])[ \t]*\n(?=\p{Ll})/gu;

/** Blank lines part paragraphs; a line that goes on in lower case was only wrapped. */
function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.replaceAll(WRAP, ' '));
}
