import { cleanText } from '../text/normalize.ts';
import { parseMarkdown } from './markdown.ts';
import { parsePairs } from './pairs.ts';
import type { ParsedSource, Source } from './source.ts';

/** Reads a source into sections or pairs. Throws AppErrors `knowledge.*` that say what is wrong with the text. */
export function parseSource({ kind, name, text }: Source): ParsedSource {
  const clean = cleanText(text);
  switch (kind) {
    case 'markdown':
      return parseMarkdown({ name, text: clean });
    case 'pairs':
      return { title: name, sections: [], pairs: parsePairs(clean) };
    case 'text':
      return { title: name, sections: [{ headings: [], blocks: paragraphsOf(clean) }], pairs: [] };
  }
}

/** Blank lines part paragraphs; a line that goes on in lower case was only wrapped. */
function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.replaceAll(/[ \t]*\n(?=\p{Ll})/gu, ' '));
}
