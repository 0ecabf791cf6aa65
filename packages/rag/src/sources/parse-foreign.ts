import { AppError } from '@avito-autoreply/runtime/errors';
import { cleanText } from '../text/normalize.ts';
import type { ReadHtml } from './html-nodes.ts';
import type { ParseLimits } from './limits.ts';
import { parseMarkdown } from './markdown.ts';
import type { FileSource, ForeignSource, ParsedSource } from './source.ts';

/**
 * Reads what comes from outside and may have been made to do harm: belongs into a thread (`createFileParser`).
 * Throws AppErrors `knowledge.*`.
 */
export async function parseForeign(source: ForeignSource, limits: ParseLimits): Promise<ParsedSource> {
  if (source.kind === 'markdown')
    return parseMarkdown({ name: source.name, ...(await readableText(source.text)) });
  const { title, sections, pairs, ...unread } =
    'text' in source
      ? (await import('./records.ts')).parseRecords({
          name: source.name,
          ...(await readableText(source.text)),
        })
      : await readFile(source, limits);
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
    pairs: pairs.map(({ headings = [], question, answer }) => ({
      question: cleanText(question),
      answer: cleanText(answer),
      headings: headings.map(cleanText),
    })),
    ...unread,
  };
}

/** With a reader of the HTML in it, where there is some. */
async function readableText(text: string): Promise<{ text: string; readHtml: ReadHtml }> {
  const readHtml = /<[a-z]/i.test(text) ? (await import('./html.ts')).textsOfHtml : () => [];
  return { text: cleanText(text), readHtml };
}

/** Each parser is loaded with the first of its files: together they take longer than a shop's texts. */
async function readFile(
  { key, kind, name, bytes, charset }: FileSource,
  limits: ParseLimits,
): Promise<ParsedSource> {
  switch (kind) {
    case 'html':
      return (await import('./html.ts')).parseHtml({ key, name, bytes, charset });
    case 'pdf':
      return (await import('./pdf.ts')).parsePdf({ name, bytes, limits });
    case 'docx':
      return (await import('./docx.ts')).parseDocx({ name, bytes, limits });
    case 'xlsx':
      return (await import('./xlsx/xlsx.ts')).parseXlsx({ name, bytes, limits });
  }
}
