import { lexer, type Token, type Tokens } from 'marked';
import type { ParsedSource, Section } from './source.ts';

const FRONT_MATTER = /^---\n[\s\S]*?\n---\n/;

/** Markdown as sections of plain text. The first level-one heading is the title; HTML is dropped. */
export function parseMarkdown({ name, text }: { name: string; text: string }): ParsedSource {
  const sections: { headings: string[]; blocks: string[] }[] = [{ headings: [], blocks: [] }];
  let title: string | undefined;
  const path: { depth: number; text: string }[] = [];
  for (const token of lexer(text.replace(FRONT_MATTER, ''))) {
    if (!isHeading(token)) {
      sections.at(-1)?.blocks.push(...blocksOf(token));
      continue;
    }
    const heading = inlineText(token.tokens);
    if (token.depth === 1 && title === undefined) {
      title = heading;
      continue;
    }
    while ((path.at(-1)?.depth ?? 0) >= token.depth) path.pop();
    path.push({ depth: token.depth, text: heading });
    sections.push({ headings: path.map((entry) => entry.text), blocks: [] });
  }
  const filled: Section[] = sections.filter(({ blocks }) => blocks.length > 0);
  return { title: title ?? name, sections: filled, pairs: [] };
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
  if (isList(token)) return token.items.flatMap(listItemBlocks);
  if (isTable(token)) return token.rows.map((row) => tableRowText(token.header, row));
  if (token.type === 'blockquote') return childrenOf(token).flatMap(blocksOf);
  const text = token.type === 'code' ? textOf(token) : inlineText(childrenOf(token));
  return text === '' ? [] : [text];
}

function listItemBlocks(item: Tokens.ListItem): string[] {
  const nested = item.tokens.filter((token) => token.type === 'list');
  const own = item.tokens.filter((token) => token.type !== 'list').flatMap(blocksOf);
  return [...(own.length === 0 ? [] : [`– ${own.join(' ')}`]), ...nested.flatMap(blocksOf)];
}

/** „Модель: iPhone 13; Цена: 42 990 ₽“: a row is read without the rows above it. */
function tableRowText(header: readonly Tokens.TableCell[], row: readonly Tokens.TableCell[]): string {
  return row
    .map((cell, column) => [inlineText(header[column]?.tokens ?? []), inlineText(cell.tokens)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => (name === '' ? value : `${name}: ${value}`))
    .join('; ');
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
  if (token.type === 'html') return '';
  if (isLink(token)) {
    const text = inlineText(token.tokens);
    const isShown = text === token.href || `mailto:${text}` === token.href;
    return isShown || !/^https?:/.test(token.href) ? text : `${text} (${token.href})`;
  }
  const children = childrenOf(token);
  return children.length > 0 ? children.map(inlineTokenText).join('') : textOf(token).replaceAll('\n', ' ');
}

function childrenOf(token: Token): readonly Token[] {
  return 'tokens' in token && Array.isArray(token.tokens) ? token.tokens : [];
}

function textOf(token: Token): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : '';
}
