import { AppError } from '@avito-autoreply/runtime';

/** UTF-8, UTF-16 with its mark, else Windows-1251, in which Russian spreadsheets still save CSV. Throws `knowledge.not-text`. */
export function decodeText(bytes: Uint8Array): string {
  const text = decode(bytes);
  if (text.includes('\0')) {
    throw new AppError('this is no text file: it holds zero bytes', { code: 'knowledge.not-text' });
  }
  return text;
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}
