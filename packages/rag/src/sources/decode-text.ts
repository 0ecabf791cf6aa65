import { AppError } from '@avito-autoreply/runtime';

/**
 * UTF-8, UTF-16, else Windows-1251, in which Russian spreadsheets still save CSV. `charset` is what somebody said
 * about the bytes; their mark knows better. Throws `knowledge.not-text`.
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const text = decode(bytes, charset);
  if (text.includes('\0')) {
    throw new AppError('this is no text file: it holds zero bytes', { code: 'knowledge.not-text' });
  }
  return text;
}

function decode(bytes: Uint8Array, charset: string | undefined): string {
  const marked = utf16Of(bytes);
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const named = charset === undefined ? undefined : decoderFor(charset);
  if (named !== undefined && named.encoding !== 'utf-8') return named.decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A page that says UTF-8 and holds a stray byte is UTF-8 with a stray byte.
    return (named ?? new TextDecoder('windows-1251')).decode(bytes);
  }
}

/** By the mark; without one by the zero or Cyrillic high bytes, which stand on one side only. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 400);
  const isHigh = (byte: number) => byte === 0 || byte === 4;
  const even = sample.filter((byte, index) => index % 2 === 0 && isHigh(byte)).length;
  const odd = sample.filter((byte, index) => index % 2 === 1 && isHigh(byte)).length;
  const half = sample.length / 2;
  if (half < 4 || sample.length % 2 === 1) return undefined;
  if (odd > half * 0.9 && even === 0) return 'utf-16le';
  return even > half * 0.9 && odd === 0 ? 'utf-16be' : undefined;
}

function decoderFor(charset: string) {
  try {
    return new TextDecoder(charset.trim());
  } catch {
    return undefined;
  }
}
