import { lexer, type Token, type Tokens } from 'marked';
import { areFacts } from './contact-facts.ts';
import type { ReadHtml } from './html-nodes.ts';
import { linkText } from './link-text.ts';
import { createSections, type Sections } from './sections.ts';
import { tableRowText, tableTexts } from './table.ts';
import type { ParsedSource } from './source.ts';

const FRONT_MATTER = /^---\n[\s\S]*?\n---\n/;

/** Markdown as sections of plain text. The first level-one heading is the title. */
export function parseMarkdown({
  name,
  text,
  readHtml,
}: {
  name: string;
  text: string;
  /** Tables and other blocks may be written in HTML. */
  readHtml: ReadHtml;
}): ParsedSource {
  const sections = createSections();
  for (const token of lexer(text.replace(FRONT_MATTER, ''))) {
    if (token.type === 'html') sections.blocks(...readHtml(token.raw));
    else if (isHeading(token)) sections.heading({ depth: token.depth, text: inlineText(token.tokens) });
    else if (isList(token)) readList(token, { sections, depth: 0 });
    else sections.blocks(...blocksOf(token));
  }
  return sections.result(name);
}

// Extensions of marked may add tokens of any type, so the union does not narrow by `type` alone.
const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';
const isList = (token: Token): token is Tokens.List => token.type === 'list';
const isTable = (token: Token): token is Tokens.Table => token.type === 'table';
const isLink = (token: Token): token is Tokens.Link => token.type === 'link';

/** Paragraphs, list entries and table rows, each as one plain text. */
function blocksOf(token: Token): string[] {
  if (token.type === 'space' || token.type === 'hr' || token.type === 'html' || token.type === 'def')
    return [];
  if (isList(token)) {
    const sections = createSections();
    readList(token, { sections, depth: 0 });
    return sections.result('').sections.flatMap(({ blocks }) => blocks);
  }
  if (isTable(token)) return tableBlocks(token);
  if (token.type === 'blockquote') return childrenOf(token).flatMap(blocksOf);
  const text = token.type === 'code' ? textOf(token) : inlineText(childrenOf(token));
  return text === '' ? [] : [text];
}

function readList(list: Tokens.List, { sections, depth }: { sections: Sections; depth: number }): void {
  for (const { tokens } of list.items) {
    const own = tokens.filter((token) => !isList(token)).flatMap(blocksOf);
    sections.listEntry({ depth, text: own.join(' ') });
    for (const nested of tokens.filter(isList)) readList(nested, { sections, depth: depth + 1 });
  }
}

function tableBlocks({ header, rows }: Tokens.Table): string[] {
  const texts = (cells: readonly Tokens.TableCell[]) => cells.map((cell) => inlineText(cell.tokens));
  const names = texts(header);
  const cells = rows.map(texts);
  // Markdown has no tables without a header: writers without names leave it empty, or begin with the first row.
  const isEmpty = names.every((name) => name === '');
  if (!isEmpty && !areFacts([names, ...cells].map(([first = '']) => first)))
    return cells.map((row) => tableRowText(names, row));
  const all = isEmpty ? cells : [names, ...cells];
  return tableTexts(
    all.map((row) => row.map((text) => ({ text }))),
    { headerRows: 0 },
  );
}

function inlineText(tokens: readonly Token[]): string {
  return tokens
    .map(inlineTokenText)
    .join('')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
}

function inlineTokenText(token: Token): string {
  if (token.type === 'br') return '\n';
  if (token.type === 'html') return /^<br\b/i.test(token.raw) ? ' ' : '';
  // Struck out: it was so.
  if (token.type === 'del') return '';
  if (isLink(token)) return linkText(inlineText(token.tokens), token.href);
  const children = childrenOf(token);
  return children.length > 0 ? children.map(inlineTokenText).join('') : textOf(token).replaceAll('\n', ' ');
}

function childrenOf(token: Token): readonly Token[] {
  return 'tokens' in token && Array.isArray(token.tokens) ? token.tokens : [];
}

function textOf(token: Token): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : '';
}
