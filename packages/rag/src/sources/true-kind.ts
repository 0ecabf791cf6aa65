import { AppError } from '@avito-autoreply/runtime';
import type { FileKind, SourceKind } from './source.ts';

const HEAD_BYTES = 1_024;
const HTML = /^(?:\xef\xbb\xbf)?\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html|head|body)\b/i;
// Of Office before 2007, and of whatever a password protects.
const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

/** What a file is that can be read, by its first bytes, which do not lie. */
export function readableKind(bytes: Uint8Array): FileKind | undefined {
  const head = headOf(bytes);
  if (head.startsWith('%PDF-')) return 'pdf';
  if (isPacked(bytes)) return packedKind(bytes);
  return HTML.test(head) ? 'html' : undefined;
}

const headOf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');

export const isPacked = (bytes: Uint8Array) => headOf(bytes).startsWith('PK\x03\x04');

const BINARY_WORKBOOK = 'xl/workbook.bin';

/** Names of parts are packed as they are. */
function packedKind(bytes: Uint8Array): FileKind | undefined {
  if (holds(bytes, 'word/document.xml')) return 'docx';
  const isBinary = holds(bytes, BINARY_WORKBOOK);
  return !isBinary && (holds(bytes, 'xl/workbook') || holds(bytes, 'xl\\workbook')) ? 'xlsx' : undefined;
}

const holds = (bytes: Uint8Array, part: string) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(part);

type Unread = { code: string; is: string; advice: string };

const PICTURE: Unread = {
  code: 'knowledge.is-picture',
  is: 'a picture',
  advice: 'write its text into a document, or recognise it (OCR)',
};
const RTF: Unread = { code: 'knowledge.is-rtf', is: 'an RTF document', advice: 'save it as .docx' };
const OLD_OFFICE: Unread = {
  code: 'knowledge.is-old-office',
  is: 'a document of Office before 2007, or one with a password',
  advice: 'save it as .docx or .xlsx without a password',
};
const BINARY_SHEET: Unread = {
  code: 'knowledge.is-spreadsheet',
  is: 'a binary Excel table (.xlsb)',
  advice: 'save it as .xlsx',
};
const ARCHIVE: Unread = {
  code: 'knowledge.is-archive',
  is: 'a packed archive or a document of another program',
  advice: 'unpack it, or save it as .docx or .xlsx',
};
const WEB_PAGE: Unread = {
  code: 'knowledge.is-web-page',
  is: 'a web page, maybe the site’s refusal in the place of the file',
  advice: 'look at it in a browser; if it is what you mean, rename it to .html',
};

const SIGNATURES: readonly (readonly [RegExp, Unread])[] = [
  [/^(?:\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF[\s\S]{4}WEBP|[\s\S]{4}ftyp(?:hei|hev|mif|avif))/, PICTURE],
  [/^\{\\rtf/, RTF],
];

function unreadOf(bytes: Uint8Array): Unread | undefined {
  const head = headOf(bytes);
  if (isPacked(bytes)) return holds(bytes, BINARY_WORKBOOK) ? BINARY_SHEET : ARCHIVE;
  if (head.startsWith(OLE)) return OLD_OFFICE;
  return SIGNATURES.find(([signature]) => signature.test(head))?.[1];
}

const mayHaveTags = (kind: SourceKind) => kind === 'html' || kind === 'markdown' || kind === 'text';

const NAMES: Record<SourceKind, string> = {
  text: 'a text',
  markdown: 'Markdown',
  table: 'a table',
  html: 'a web page',
  pdf: 'a PDF',
  docx: 'a Word document',
  xlsx: 'an Excel table',
};

/**
 * What a file is, whatever its name says: a PDF, a Word document or an Excel table is read as what it is. A page under such a name is
 * mostly a site's refusal, and refused. Throws AppErrors `knowledge.is-…`, which say what it is and what to do.
 */
export function trueKind({ bytes, named }: { bytes: Uint8Array; named: SourceKind }): SourceKind {
  const readable = readableKind(bytes);
  if (readable !== undefined && readable !== 'html') return readable;
  const unread = readable === 'html' && !mayHaveTags(named) ? WEB_PAGE : unreadOf(bytes);
  // Readers of Office files tell an old one from one with a password, and what a packed one lacks.
  const isLeft = (named === 'docx' || named === 'xlsx') && (unread === OLD_OFFICE || unread === ARCHIVE);
  if (unread === undefined || isLeft) return named;
  const { code, is, advice } = unread;
  throw new AppError(`by its name the file is ${NAMES[named]}, in truth it is ${is}: ${advice}`, { code });
}
