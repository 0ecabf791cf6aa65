import { extname } from 'node:path';
import { kindOf } from '../file-kind.ts';
import type { SourceKind } from '../source.ts';
import { isPacked, readableKind } from '../true-kind.ts';

const TABLES = new Set(['text/csv', 'text/tab-separated-values', 'application/json']);

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
  const { pathname } = new URL(url);
  const readable = readableKind(bytes);
  if (readable !== undefined || isPacked(bytes)) return readable;
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (TABLES.has(type)) return 'table';
  if (type === 'text/markdown' || extname(pathname).toLowerCase() === '.md') return 'markdown';
  if (kindOf(pathname) === 'table') return 'table';
  return type === 'text/plain' || type === '' ? 'text' : undefined;
}

/** `windows-1251` of `text/html; charset=windows-1251`. */
export const charsetOf = (contentType: string | undefined): string | undefined =>
  /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? '')?.[1];
