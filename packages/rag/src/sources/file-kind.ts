import { extname } from 'node:path';
import type { SourceKind } from './source.ts';

const KINDS: Record<string, SourceKind> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
  '.csv': 'table',
  '.tsv': 'table',
  '.json': 'table',
  '.html': 'html',
  '.htm': 'html',
  '.pdf': 'pdf',
  '.docx': 'docx',
  '.xlsx': 'xlsx',
  // Its macros are passed over.
  '.xlsm': 'xlsx',
};

export const readExtensions = Object.keys(KINDS);

export const kindOf = (fileName: string): SourceKind | undefined => KINDS[extname(fileName).toLowerCase()];

const AS_DOCX = 'save it as .docx or PDF';
const AS_XLSX = 'save it as .xlsx';
const AS_TEXT = 'write the text of the picture into a document, or recognise it (OCR)';
const UNPACKED = 'unpack it';
/** What a seller's folder holds and wants read. */
const ADVICE: Record<string, string> = {
  '.xls': AS_XLSX,
  '.xlsb': AS_XLSX,
  '.ods': AS_XLSX,
  '.numbers': AS_XLSX,
  '.doc': AS_DOCX,
  '.odt': AS_DOCX,
  '.rtf': AS_DOCX,
  '.pages': AS_DOCX,
  '.ppt': 'save it as PDF',
  '.pptx': 'save it as PDF',
  '.jpg': AS_TEXT,
  '.jpeg': AS_TEXT,
  '.png': AS_TEXT,
  '.heic': AS_TEXT,
  '.webp': AS_TEXT,
  '.zip': UNPACKED,
  '.rar': UNPACKED,
  '.7z': UNPACKED,
};

/** What to do about a file of a kind that is not read, where it is known. */
export const adviceFor = (fileName: string): string | undefined => ADVICE[extname(fileName).toLowerCase()];
