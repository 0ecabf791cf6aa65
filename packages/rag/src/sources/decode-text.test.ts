import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';

const text = 'Доставка: 490 ₽';
const utf16 = Buffer.from(text, 'utf16le');

test.each([
  ['UTF-8', Buffer.from(text), undefined],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), undefined],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), undefined],
  ['UTF-16, high byte first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), undefined],
  ['UTF-16 without a mark', utf16, undefined],
  ['UTF-8 that somebody calls Windows-1251, with a mark', Buffer.from(`\ufeff${text}`), 'windows-1251'],
  ['UTF-8 that somebody calls Windows-1251', Buffer.from(text), 'windows-1251'],
  ['UTF-8 that somebody calls Latin-1', Buffer.from(text), 'iso-8859-1'],
])('%s is read', (_, bytes, charset) => {
  expect(decodeText(new Uint8Array(bytes), charset)).toBe(text);
});

test('Windows-1251 is read, named or not; an unknown name is not heeded', () => {
  const bytes = new Uint8Array([0xe2, 0xee, 0xef, 0xf0, 0xee, 0xf1]);
  for (const charset of [undefined, 'windows-1251', 'cp-unknown'])
    expect(decodeText(bytes, charset)).toBe('вопрос');
});

const russian = 'Доставка по городу стоит триста рублей, ПРИВОЗИМ на следующий день.';
const bytesIn = (codePage: string, written: string) => {
  const decoder = new TextDecoder(codePage);
  const byLetter = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
  );
  return Uint8Array.from(written, (letter) => byLetter.get(letter) ?? 0x3f);
};

test.each(['windows-1251', 'koi8-r', 'ibm866'])('Russian in %s is told by its letters', (codePage) => {
  for (const written of [russian, russian.toUpperCase(), `${russian};${russian}\n`])
    expect(decodeText(bytesIn(codePage, written))).toBe(written);
});

test('Windows-1251 that somebody calls UTF-8 is read; UTF-8 with a stray byte stays what it is', () => {
  expect(decodeText(bytesIn('windows-1251', `<p class="text">${russian}</p>`), 'utf-8')).toContain(russian);
  const stray = Buffer.concat([Buffer.from(russian), Buffer.of(0xe2)]);
  expect(decodeText(new Uint8Array(stray), 'utf-8')).toBe(`${russian}\ufffd`);
});

test('what is no text is refused', () => {
  expect(() => decodeText(new Uint8Array([1, 0, 2]))).toThrow(
    expect.objectContaining({ code: 'knowledge.not-text' }),
  );
});
