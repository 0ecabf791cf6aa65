import { AppError } from '@avito-autoreply/runtime';
import type { ParseLimits } from './limits.ts';
import { refuseOldOrProtected } from './office-file.ts';
import { readXml } from './office-xml.ts';
import { createSections } from './sections.ts';
import type { ParsedSource } from './source.ts';
import { tableTexts } from './table.ts';
import type { Cell } from './table-grid.ts';
import { linkText } from './link-text.ts';
import { noteKey, noteTexts } from './word-notes.ts';
import { isOn, SKIPPED } from './word-xml.ts';
import { openZip } from './zip.ts';

const TEXT = 'word/document.xml';
const STYLES = 'word/styles.xml';
const LINKS = 'word/_rels/document.xml.rels';
const NOTES = ['word/footnotes.xml', 'word/endnotes.xml'] as const;
const MAX_HEADING_DEPTH = 6;

/** Headings, paragraphs, list entries and tables of a Word document. Throws AppErrors `knowledge.*`. */
export function parseDocx({
  name,
  bytes,
  limits,
}: {
  name: string;
  bytes: Uint8Array;
  limits: ParseLimits;
}): ParsedSource {
  refuseOldOrProtected(bytes, { old: '.doc', now: '.docx' });
  const zip = openZip(bytes, limits);
  const text = zip.read(TEXT);
  if (text === undefined)
    throw new AppError('this is no Word document, it holds no text part: open it in Word and save it anew', {
      code: 'knowledge.broken-file',
    });
  const styles = zip.read(STYLES);
  const depths = styles === undefined ? new Map<string, number>() : headingDepths(asText(styles));
  const notes = NOTES.flatMap((part) => {
    const xml = zip.read(part);
    return xml === undefined ? [] : [...noteTexts(asText(xml))];
  });
  const relations = zip.read(LINKS);
  const links = relations === undefined ? new Map<string, string>() : linksOf(asText(relations));
  return readBody({ name, xml: asText(text), depths, notes: new Map(notes), links });
}

const asText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Depths by style id: from the outline level, else from the style's name („heading 2“, „Заголовок 2“). */
function headingDepths(xml: string): Map<string, number> {
  const depths = new Map<string, number>();
  let style = '';
  readXml(xml, {
    open: (name, attributes) => {
      const value = attributes['w:val'] ?? '';
      if (name === 'w:style') style = attributes['w:styleId'] ?? '';
      if (name === 'w:name') {
        const depth = /^(?:heading|заголовок)\s+([1-6])$/i.exec(value)?.[1];
        if (depth !== undefined) depths.set(style, Number(depth));
        if (/^(?:title|название)$/i.test(value)) depths.set(style, 1);
      }
      if (name === 'w:outlineLvl' && Number(value) < MAX_HEADING_DEPTH) depths.set(style, Number(value) + 1);
    },
  });
  return depths;
}

/** Where links lead, by the ids that stand at them. */
function linksOf(xml: string): Map<string, string> {
  const links = new Map<string, string>();
  readXml(xml, {
    open: (_, { Id = '', Target = '', TargetMode }) => {
      if (TargetMode === 'External') links.set(Id, Target);
    },
  });
  return links;
}

/** `headerRows` are those that Word repeats on every page. */
type Table = { rows: Cell[][]; headerRows: number };

const HIDING = new Set(['w:vanish', 'w:strike', 'w:dstrike']);

type Paragraph = {
  text: string;
  depth: number;
  /** Of an entry of a list, how deep it stands in it. */
  listDepth?: number;
  /** Where the text of the last link begins. */
  link?: { from: number; to: string };
};

const newParagraph = (): Paragraph => ({ text: '', depth: 0 });

function append(cell: Cell | undefined, text: string): void {
  if (cell !== undefined) cell.text = cell.text === '' ? text : `${cell.text} ${text}`;
}

function readBody({
  name,
  xml,
  depths,
  notes,
  links,
}: {
  name: string;
  xml: string;
  depths: ReadonlyMap<string, number>;
  notes: ReadonlyMap<string, string>;
  links: ReadonlyMap<string, string>;
}): ParsedSource {
  const sections = createSections();
  const tables: Table[] = [];
  // A text box stands within a paragraph, and has its own.
  const outer: Paragraph[] = [];
  let paragraph = newParagraph();
  let skipping = 0;
  let isInText = false;
  /** Text that Word does not show, notes of the owner to himself, and what is struck out: it was so. */
  let isHidden = false;

  const endParagraph = () => {
    const text = paragraph.text.replaceAll(/[ \t]+/g, ' ').trim();
    const { depth, listDepth } = paragraph;
    paragraph = outer.pop() ?? newParagraph();
    if (text === '') return;
    const row = tables.at(-1)?.rows.at(-1);
    if (row !== undefined && row.length > 0) {
      append(row.at(-1), text);
    } else if (depth > 0) sections.heading({ depth, text });
    else if (listDepth === undefined) sections.blocks(text);
    else sections.listEntry({ depth: listDepth, text });
  };
  const endTable = () => {
    const table = tables.pop();
    if (table === undefined) return;
    const texts = tableTexts(table.rows, table);
    const around = tables.at(-1)?.rows.at(-1)?.at(-1);
    if (around === undefined) sections.blocks(...texts);
    else append(around, texts.join('. '));
  };

  readXml(xml, {
    open: (tag, attributes) => {
      if (skipping > 0 || SKIPPED.has(tag)) {
        skipping += 1;
        return;
      }
      if (tag === 'w:tbl') tables.push({ rows: [], headerRows: 0 });
      if (tag === 'w:tr') tables.at(-1)?.rows.push([]);
      if (tag === 'w:tc') tables.at(-1)?.rows.at(-1)?.push({ text: '' });
      if (tag === 'w:tblHeader' && isOn(attributes)) (tables.at(-1) ?? { headerRows: 0 }).headerRows += 1;
      const cell = tables.at(-1)?.rows.at(-1)?.at(-1);
      if (tag === 'w:gridSpan' && cell !== undefined) cell.columns = Number(attributes['w:val']);
      if (tag === 'w:vMerge' && cell !== undefined) cell.isFromAbove = attributes['w:val'] !== 'restart';
      if (tag === 'w:p') {
        outer.push(paragraph);
        paragraph = newParagraph();
      }
      if (tag === 'w:hyperlink')
        paragraph.link = { from: paragraph.text.length, to: links.get(attributes['r:id'] ?? '') ?? '' };
      if (tag === 'w:pStyle') paragraph.depth = depths.get(attributes['w:val'] ?? '') ?? 0;
      if (tag === 'w:numPr') paragraph.listDepth ??= 0;
      if (tag === 'w:ilvl') paragraph.listDepth = Number(attributes['w:val']);
      if (tag === 'w:tab' || tag === 'w:br' || tag === 'w:cr') paragraph.text += tag === 'w:tab' ? ' ' : '\n';
      if (tag === 'w:footnoteReference' || tag === 'w:endnoteReference') {
        // „Бесплатно¹“ without what the note says may be untrue: it is read where it is meant.
        const note = notes.get(noteKey(tag, attributes))?.trim() ?? '';
        if (note !== '') paragraph.text += ` (${note.replace(/\.$/, '')})`;
      }
      if (tag === 'w:noBreakHyphen') paragraph.text += '-';
      if (tag === 'w:r') isHidden = false;
      if (HIDING.has(tag)) isHidden ||= isOn(attributes);
      isInText = tag === 'w:t';
    },
    text: (text) => {
      if (isInText && !isHidden && skipping === 0) paragraph.text += text;
    },
    close: (tag) => {
      if (skipping > 0) {
        skipping -= 1;
        return;
      }
      isInText = false;
      if (tag === 'w:hyperlink' && paragraph.link !== undefined) {
        const { from, to } = paragraph.link;
        paragraph.text = paragraph.text.slice(0, from) + linkText(paragraph.text.slice(from), to);
      }
      if (tag === 'w:p') endParagraph();
      if (tag === 'w:tbl') endTable();
    },
  });
  return sections.result(name);
}
