import { expect, test } from 'vitest';
import { mediaFile } from './media-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['voice', '\0\0\0\x18ftypmp42…', 'audio/mp4'],
  ['voice', 'OggS\0', 'audio/ogg'],
  ['voice', 'RIFF\0\0\0\0WAVE', 'audio/wav'],
  ['image', '\xff\xd8\xff\xe0', 'image/jpeg'],
  ['image', '\x89PNG\r\n\x1a\n', 'image/png'],
  ['image', 'RIFF\0\0\0\0WEBPVP8', 'image/webp'],
] as const)('%s: %j is %s', (kind, head, type) => {
  expect(mediaFile(bytes(head), kind)).toMatchObject({ type });
});

test.each([
  ['voice', '\xff\xd8\xff\xe0'],
  ['image', 'OggS'],
  ['image', '<html><body>'],
  ['image', '<svg xmlns='],
  ['voice', ''],
] as const)('%s: %j is nothing for a model', (kind, head) => {
  expect(mediaFile(bytes(head), kind)).toBeUndefined();
});
