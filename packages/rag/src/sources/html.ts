import { DomUtils, parseDocument } from 'htmlparser2';
import { decodeText } from './decode-text.ts';
import type { Element, Node } from './html-nodes.ts';
import { contactLines, isOfContacts } from './html-contacts.ts';
import { controlledBy, isShown, panelsOf, type Panels } from './html-panels.ts';
import { linkText } from './link-text.ts';
import { createSections, type Sections } from './sections.ts';
import type { ParsedSource } from './source.ts';
import { tableTexts } from './table.ts';
import type { Cell } from './table-grid.ts';

const isElement = (node: Node): node is Element => 'attribs' in node;

/** Never text of the page. */
const DROPPED = new Set(
  // What is struck out was so.
  'script style noscript template svg canvas iframe object embed video audio nav button select input textarea dialog del s strike'.split(
    ' ',
  ),
);
/** About the site, unless they are a part of the content. */
const FRAME = new Set(['header', 'footer', 'aside']);
const FRAME_ROLES =
  /^(?:navigation|banner|contentinfo|search|dialog|alertdialog|complementary|menu|menubar)$/;
const INLINE = new Set(
  'a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const HEADING = /^h([1-6])$/;
/** Links and nothing else, and many of them, are a menu; not where they tell prices, or more than a name. */
const MENU_LINKS = 5;
const MENU_SHARE = 0.8;
const MENU_NAME = 40;
const PRICE = /\d\s*(?:₽|руб|р\.)/iu;
/** What asks for consent is named so on every site. */
const CONSENT = /(?:^|[\s_-])(?:cookies?|gdpr|consent)/i;
const MAX_CONSENT = 500;
/** Stand apart on the page, even where nothing stands between them in its source. */
const APART = new Set(['a', 'span', 'label', 'time', 'data']);

/**
 * The content of a page with its headings; menus, scripts and styles are dropped, and of the head and the foot of its site what
 * `contactLines` says. Nothing is run or loaded.
 */
export function parseHtml({
  key,
  name,
  bytes,
  charset,
}: {
  /** Tells which page of its site it is; without one, head and foot are dropped. */
  key?: string | undefined;
  name: string;
  bytes: Uint8Array;
  charset?: string | undefined;
}): ParsedSource {
  const page = parseDocument(decodeText(bytes, charset ?? declaredCharset(bytes)));
  const title = textOfFirst('title', page.children);
  const panels = panelsOf(page.children, isContent);
  const read = (nodes: Node[], isFrameKept: boolean): ParsedSource => {
    const sections = createSections();
    readBlocks(nodes, { sections, isFrameKept, panels, listDepth: 0 });
    return sections.result(title === '' ? name : title);
  };
  const content = read(contentOf(page.children), false);
  // A page whose whole text stands in its frame.
  if (content.sections.length === 0) return read(page.children, true);
  if (key === undefined || !isOfContacts(key, page.children)) return content;
  const contacts = framesOf(page.children).flatMap((frame) => read(frame.children, false).sections);
  const lines = contactLines(contacts, content.sections);
  if (lines.length === 0) return content;
  return { ...content, sections: [...content.sections, { headings: ['Контакты'], blocks: lines }] };
}

export function textsOfHtml(html: string): string[] {
  const { sections } = parseHtml({ name: '', bytes: Buffer.from(html), charset: 'utf-8' });
  return sections.flatMap(({ headings, blocks }) => [...headings.slice(-1), ...blocks]);
}

/** Of `<meta charset>` or its older form, which stand within the first kilobyte. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 2_048)).toString('latin1');
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(start)?.[1];
}

const findFirst = (test: (element: Element) => boolean, nodes: Node[]): Element | undefined =>
  DomUtils.findOne((node) => isElement(node) && test(node), nodes, true) ?? undefined;

const textOfFirst = (tag: string, nodes: Node[]): string => {
  const found = findFirst((element) => element.name === tag, nodes);
  return found === undefined ? '' : squeeze(DomUtils.textContent(found));
};

/** What the page itself calls its main part; the only article; else all of it. */
function contentOf(nodes: Node[]): Node[] {
  const main = findFirst(({ name, attribs }) => name === 'main' || attribs['role'] === 'main', nodes);
  if (main !== undefined) return main.children;
  const articles = DomUtils.getElementsByTagName('article', nodes, true);
  if (articles.length === 1) return articles[0]?.children ?? nodes;
  return findFirst(({ name }) => name === 'body', nodes)?.children ?? nodes;
}

/** Head and foot of the site. */
const framesOf = (nodes: Node[]) =>
  DomUtils.findAll(
    (element) =>
      (element.name === 'header' ||
        element.name === 'footer' ||
        /^(?:banner|contentinfo)$/.test(element.attribs['role'] ?? '')) &&
      !isWithin(element, /^(?:article|main|section|header|footer)$/) &&
      isShown(element),
    nodes,
  );

const squeeze = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

const isContent = ({ name, attribs }: Element) =>
  !DROPPED.has(name) && !FRAME_ROLES.test(attribs['role'] ?? '');

type Reading = {
  sections: Sections;
  isFrameKept: boolean;
  /** What opens with a click on something else: answers to frequent questions, tabs. */
  panels: Panels;
  listDepth: number;
};

function isLeftOut(element: Element, { isFrameKept, panels }: Reading): boolean {
  const { name, attribs } = element;
  const opensPanel = controlledBy(element).some((id) => panels.has(id));
  // Said above what it opens.
  if (opensPanel && attribs['role'] === 'tab') return true;
  if (DROPPED.has(name) && !(name === 'button' && opensPanel)) return true;
  if (!isShown(element) && panels.get(attribs['id'] ?? '')?.element !== element) return true;
  if (isFrameKept) return false;
  if (FRAME_ROLES.test(attribs['role'] ?? '')) return true;
  if ((name === 'ul' || name === 'ol') && isMenu([element])) return true;
  if (isConsent(element)) return true;
  return FRAME.has(name) && !isWithin(element, /^(?:article|main|section)$/);
}

function isWithin(element: Element, names: RegExp): boolean {
  for (let at = element.parent; at !== null; at = at.parent) {
    if ('name' in at && names.test(at.name)) return true;
  }
  return false;
}

function isMenu(nodes: Node[]): boolean {
  const links = DomUtils.getElementsByTagName('a', nodes, true).map((link) =>
    squeeze(DomUtils.textContent(link)),
  );
  if (links.length < MENU_LINKS || links.some((text) => text.length > MENU_NAME || PRICE.test(text)))
    return false;
  const linked = links.reduce((sum, text) => sum + text.length, 0);
  return linked >= squeeze(nodes.map((node) => DomUtils.textContent(node)).join(' ')).length * MENU_SHARE;
}

const isConsent = (element: Element) =>
  CONSENT.test(element.attribs['class'] ?? '') || CONSENT.test(element.attribs['id'] ?? '')
    ? squeeze(DomUtils.textContent(element)).length <= MAX_CONSENT
    : false;

/** Reads nodes as blocks; a run of inline nodes between two blocks is a block as well. */
function readBlocks(nodes: readonly Node[], reading: Reading): void {
  const { sections } = reading;
  let run: Node[] = [];
  const endRun = () => {
    if (reading.isFrameKept || !isMenu(run)) sections.blocks(...linesOf(inlineTexts(run, reading)));
    run = [];
  };
  for (const node of nodes) {
    if (!isElement(node) || isInline(node)) {
      run.push(node);
      continue;
    }
    endRun();
    if (!isLeftOut(node, reading)) readElement(node, reading);
  }
  endRun();
}

/** An inline element around blocks, as in cards that are one link, is a block. */
function isInline(element: Element): boolean {
  if (element.name === 'br') return true;
  return INLINE.has(element.name) && element.children.every((child) => !isElement(child) || isInline(child));
}

function readElement(element: Element, reading: Reading): void {
  const { sections } = reading;
  const depth = HEADING.exec(element.name)?.[1];
  if (depth !== undefined) {
    sections.heading({ depth: Number(depth), text: squeeze(inlineText(element, reading)) });
    return;
  }
  switch (element.name) {
    case 'table':
      if (isForLayout(element)) readBlocks(element.children, reading);
      else sections.blocks(...tableBlocks(element, reading));
      return;
    case 'ul':
    case 'ol':
      for (const item of element.children) readListItem(item, reading);
      return;
    case 'dl':
      sections.blocks(...definitionBlocks(element, reading));
      return;
    case 'pre':
      sections.blocks(DomUtils.textContent(element).trim());
      return;
    case 'title':
    case 'head':
      return;
    default:
      sections.blocks(reading.panels.get(element.attribs['id'] ?? '')?.tab ?? '');
      readBlocks(element.children, reading);
  }
}

function readListItem(item: Node, reading: Reading): void {
  if (!isElement(item) || isLeftOut(item, reading)) return;
  const isNested = (node: Node) => isElement(node) && (node.name === 'ul' || node.name === 'ol');
  const text = squeeze(
    item.children
      .filter((child) => !isNested(child))
      .map((child) => inlineText(child, reading))
      .join(' '),
  );
  reading.sections.listEntry({ depth: reading.listDepth, text });
  const deeper = { ...reading, listDepth: reading.listDepth + 1 };
  for (const list of item.children.filter(isElement).filter(isNested))
    if (!isLeftOut(list, deeper)) readElement(list, deeper);
}

const rowsOf = (table: Element) =>
  DomUtils.getElementsByTagName('tr', table.children, true).map((row) =>
    row.children.filter(isElement).filter(({ name }) => name === 'td' || name === 'th'),
  );

/** Old pages put everything into tables: one with headings, or other tables, in it is no table of data. */
function isForLayout(table: Element): boolean {
  const inner = (node: Node) => isElement(node) && (node.name === 'table' || HEADING.test(node.name));
  return DomUtils.existsOne(inner, table.children) || rowsOf(table).every((cells) => cells.length < 2);
}

function tableBlocks(table: Element, reading: Reading): string[] {
  const rows = rowsOf(table).filter((cells) => cells.length > 0);
  const body = rows.findIndex(
    (cells) => !cells.every((cell) => cell.name === 'th' || isWithin(cell, /^thead$/)),
  );
  const cells = rows.map((row) => row.map((cell) => cellOf(cell, reading)));
  const caption = textOfFirst('caption', table.children);
  return [caption, ...tableTexts(cells, { headerRows: Math.max(0, body) })];
}

const cellOf = (cell: Element, reading: Reading): Cell => ({
  text: squeeze(cell.children.map((child) => inlineText(child, reading)).join(' ')),
  columns: Number(cell.attribs['colspan'] ?? 1),
  // 0: to the end of the table.
  rows: Number(cell.attribs['rowspan'] ?? 1) || Infinity,
});

function definitionBlocks(list: Element, reading: Reading): string[] {
  const blocks: string[] = [];
  let term = '';
  for (const entry of DomUtils.findAll(({ name }) => name === 'dt' || name === 'dd', list.children)) {
    const text = squeeze(inlineText(entry, reading));
    if (entry.name === 'dt') term = text.replace(/:$/, '');
    else blocks.push(term === '' ? text : `${term}: ${text}`);
  }
  return blocks;
}

const linesOf = (text: string): string[] =>
  text
    .split(/\n+/)
    .map(squeeze)
    .filter((line) => line !== '')
    .reduce<string[]>((lines, line) => {
      const last = lines.at(-1);
      return last === undefined ? [line] : [`${last}\n${line}`];
    }, []);

function inlineTexts(nodes: readonly Node[], reading: Reading): string {
  const isApart = (node: Node | undefined) => node !== undefined && isElement(node) && APART.has(node.name);
  return nodes
    .map(
      (node, index) => `${isApart(node) && isApart(nodes[index - 1]) ? ' ' : ''}${inlineText(node, reading)}`,
    )
    .join('');
}

/** `\n` only for `<br>`: the line ends of the source say nothing. */
function inlineText(node: Node, reading: Reading): string {
  if (!isElement(node)) return DomUtils.textContent(node).replaceAll(/\s+/g, ' ');
  if (isLeftOut(node, reading)) return '';
  if (node.name === 'br') return '\n';
  const inner = inlineTexts(node.children, reading);
  if (node.name === 'a') return linkText(squeeze(inner), node.attribs['href'] ?? '');
  return INLINE.has(node.name) ? inner : ` ${inner} `;
}
