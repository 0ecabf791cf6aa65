import { expect, test } from 'vitest';
import { createImageStore, imageSizes, isImage } from './image-store.ts';

test.each([
  ['JPEG', 'ffd8ffe000104a464946'],
  ['PNG', '89504e470d0a1a0a0000'],
  ['GIF', '474946383961'],
  ['BMP', '424d36000000'],
  ['HEIC', '00000018667479706865696300000000'],
])('%s is known by its first bytes', (_type, hex) => {
  expect(isImage(Buffer.from(hex, 'hex'))).toBe(true);
});

test.each([
  ['a PDF', Buffer.from('%PDF-1.7')],
  ['a video', Buffer.from('000000186674797069736f6d00000000', 'hex')],
  ['nothing', Buffer.alloc(0)],
])('%s is no image', (_name, bytes) => {
  expect(isImage(bytes)).toBe(false);
});

test('every upload has an id of its own, which only its account may use', () => {
  const images = createImageStore();
  const first = images.add(7);
  expect(images.add(7)).not.toBe(first);
  expect(images.has({ id: first, accountId: 7 })).toBe(true);
  expect(images.has({ id: first, accountId: 8 })).toBe(false);
  expect(Object.values(imageSizes(first)).every((url) => url.includes(first))).toBe(true);
});
