import { extname } from 'node:path';
import type { SourceKind } from '../source.ts';

const startsWith = (bytes: Uint8Array, text: string) =>
  Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text;

/** What a server sent: by its first bytes, which do not lie; then by its word, then by the address. */
export function contentKind({
  bytes,
  contentType = '',
  url,
}: {
  bytes: Uint8Array;
  contentType?: string | undefined;
  url: string;
}): SourceKind | undefined {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const extension = extname(new URL(url).pathname).toLowerCase();
  if (startsWith(bytes, '%PDF-')) return 'pdf';
  if (startsWith(bytes, 'PK\x03\x04'))
    return Buffer.from(bytes).includes('word/document.xml') ? 'docx' : undefined;
  if (
    /^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html|head|body)\b/i.test(
      Buffer.from(bytes.subarray(0, 1_024)).toString('latin1'),
    )
  )
    return 'html';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (type === 'text/csv' || type === 'application/json') return 'pairs';
  if (type === 'text/markdown' || extension === '.md') return 'markdown';
  if (extension === '.csv' || extension === '.json') return 'pairs';
  return type === 'text/plain' || type === '' ? 'text' : undefined;
}

/** `windows-1251` of `text/html; charset=windows-1251`. */
export const charsetOf = (contentType: string | undefined): string | undefined =>
  /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? '')?.[1];
