import { expect, test } from 'vitest';
import { megapixelsOf } from './image-size.ts';

const WIDTH = 10_000;
const HEIGHT = 8_000;

const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const u16le = (value: number) => Buffer.from([value & 255, value >> 8]);
function u32(value: number) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
function u32le(value: number) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
const text = (value: string) => Buffer.from(value, 'latin1');
const ispe = (width: number, height: number) =>
  Buffer.concat([u32(20), text('ispe'), u32(0), u32(width), u32(height)]);

test.each<[string, Buffer[]]>([
  ['PNG', [text('\u0089PNG\r\n\u001a\n'), u32(13), text('IHDR'), u32(WIDTH), u32(HEIGHT)]],
  ['GIF', [text('GIF89a'), u16le(WIDTH), u16le(HEIGHT)]],
  ['BMP', [text('BM'), Buffer.alloc(16), u32le(WIDTH), u32le(-HEIGHT)]],
  [
    'JPEG',
    [u16(0xffd8), u16(0xffe0), u16(4), u16(0), u16(0xffc2), u16(17), text('\b'), u16(HEIGHT), u16(WIDTH)],
  ],
  ['HEIC', [u32(24), text('ftypheic'), ispe(512, 512), ispe(WIDTH, HEIGHT), ispe(320, 240)]],
])('the header of a %s tells its size', (_type, parts) => {
  expect(megapixelsOf(Buffer.concat(parts))).toBe(80);
});

test.each([
  ['a file that is cut off', text('\u0089PNG')],
  ['a JPEG without a frame', Buffer.concat([u16(0xffd8), u16(0xffe0), u16(2)])],
  ['nothing', Buffer.alloc(0)],
  ['something else', text('%PDF-1.7 and so on')],
])('%s has no size', (_name, bytes) => {
  expect(megapixelsOf(bytes)).toBeUndefined();
});
