import { extname } from 'node:path';
import type { SourceKind } from '../source.ts';
import { isPacked, readableKind } from '../true-kind.ts';

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
  const readable = readableKind(bytes);
  if (readable !== undefined || isPacked(bytes)) return readable;
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (type === 'text/csv' || type === 'application/json') return 'table';
  if (type === 'text/markdown' || extension === '.md') return 'markdown';
  if (extension === '.csv' || extension === '.json') return 'table';
  return type === 'text/plain' || type === '' ? 'text' : undefined;
}

/** `windows-1251` of `text/html; charset=windows-1251`. */
export const charsetOf = (contentType: string | undefined): string | undefined =>
  /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? '')?.[1];
