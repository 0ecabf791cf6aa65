import { AppError } from '@avito-autoreply/runtime';
import { cleanText } from '../text/normalize.ts';
import { parseDocx } from './docx.ts';
import { parseHtml } from './html.ts';
import type { ParseLimits } from './limits.ts';
import { parseMarkdown } from './markdown.ts';
import { parsePairs } from './pairs.ts';
import { parsePdf } from './pdf.ts';
import type { FileSource, ParsedSource, TextSource } from './source.ts';

/** Reads a text into sections or pairs. Throws AppErrors `knowledge.*` that say what is wrong with the text. */
export function parseText({ kind, name, text }: TextSource): ParsedSource {
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

// Looked for from the beginning of the spaces only: from each of a hundred thousand of them it would take minutes.
const WRAP = /(?<![ \t])[ \t]*\n(?=\p{Ll})/gu;

/** Blank lines part paragraphs; a line that goes on in lower case was only wrapped. */
function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.replaceAll(WRAP, ' '));
}

/**
 * Reads a file that comes from outside and may have been made to do harm: belongs into a thread (`createFileParser`).
 * Throws AppErrors `knowledge.*`.
 */
export async function parseFile(source: FileSource, limits: ParseLimits): Promise<ParsedSource> {
  const { title, sections, pairs } = await readFile(source, limits);
  const characters = sections.reduce(
    (sum, { blocks }) => sum + blocks.reduce((length, block) => length + block.length, 0),
    0,
  );
  if (characters > limits.maxCharacters) {
    throw new AppError(
      `${characters} characters are too many, at most ${limits.maxCharacters} are read: split the file`,
      {
        code: 'knowledge.too-much-text',
      },
    );
  }
  return {
    title: cleanText(title),
    sections: sections.map(({ headings, blocks }) => ({
      headings: headings.map(cleanText),
      blocks: blocks.map(cleanText),
    })),
    pairs,
  };
}

function readFile({ kind, name, bytes, charset }: FileSource, limits: ParseLimits) {
  switch (kind) {
    case 'html':
      return parseHtml({ name, bytes, charset });
    case 'pdf':
      return parsePdf({ name, bytes, limits });
    case 'docx':
      return parseDocx({ name, bytes, limits });
  }
}
