import { AppError } from '@avito-autoreply/runtime';

/**
 * UTF-8, UTF-16, else the code page that makes Russian of it: mostly Windows-1251, in which spreadsheets still save CSV.
 * `charset` is what somebody said about the bytes, which know better. Throws `knowledge.not-text`.
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const text = decode(bytes, charset);
  if (text.includes('\0')) {
    throw new AppError(
      'this is no text file, it holds zero bytes: save it as text (UTF-8), or take it away',
      { code: 'knowledge.not-text' },
    );
  }
  return text;
}

function decode(bytes: Uint8Array, charset: string | undefined): string {
  const marked = utf16Of(bytes);
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const named = charset === undefined ? undefined : decoderFor(charset);
  const utf8 = asUtf8(bytes);
  // No text in a code page makes sense as UTF-8 by chance, but servers call everything Windows-1251 or Latin-1.
  if (utf8 !== undefined && (named === undefined || BEYOND_ASCII.test(utf8))) return utf8;
  if (named === undefined) return asRussian(bytes);
  const text = named.decode(bytes);
  // A page that says UTF-8 and holds a stray byte is UTF-8 with a stray byte; one of stray bytes only is not.
  return named.encoding === 'utf-8' && isMostlyBroken(text) ? asRussian(bytes) : text;
}

const BEYOND_ASCII = /[^\0-\x7f]/;

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isMostlyBroken(text: string): boolean {
  let broken = 0;
  let beyondAscii = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) beyondAscii += 1;
    if (code === 0xfffd) broken += 1;
  }
  return broken > beyondAscii / 2;
}

const CODE_PAGES = ['windows-1251', 'koi8-r', 'ibm866'] as const;
// Two letters that follow each other more often in Russian than by chance.
const FREQUENT =
  /(?=ст|но|то|на|ен|ов|ни|ра|во|ко|ро|не|по|от|пр|ре|го|ос|ка|ан|ер|ор|ли|ет|ва|ол|ит|да|ии|та|ль|ел|ла|ог|ло|ри|де)/giu;
// All bytes mean something in every code page, so another one must be better by far.
const BY_FAR = 2;
const SAMPLE = 20_000;

function asRussian(bytes: Uint8Array): string {
  const scored = CODE_PAGES.map((name) => {
    const text = new TextDecoder(name).decode(bytes.subarray(0, SAMPLE));
    return { name, score: (text.match(FREQUENT) ?? []).length };
  });
  const [usual, ...others] = scored;
  const best = others.find(
    ({ score }) => score > BY_FAR * (usual?.score ?? 0) && scored.every((each) => each.score <= score),
  );
  return new TextDecoder(best?.name ?? CODE_PAGES[0]).decode(bytes);
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
