import { cleanText } from '../text/normalize.ts';
import type { ParsedSource, PlainSource } from './source.ts';

export function parseText({ name, text }: PlainSource): ParsedSource {
  return { title: name, sections: [{ headings: [], blocks: paragraphsOf(cleanText(text)) }], pairs: [] };
}

// Looked for from the beginning of the spaces only: from each of a hundred thousand of them it would take minutes.
const WRAP = /(?<![ \t])[ \t]*\n(?=\p{Ll})/gu;

/** Blank lines part paragraphs; a line that goes on in lower case was only wrapped. */
function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.replaceAll(WRAP, ' '));
}
