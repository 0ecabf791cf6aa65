import { describe, expect, test } from 'vitest';
import { createFrameReader } from './frame-reader.ts';
import { frame, queryFrame, startupFrame, syncFrame } from './frames.ts';

describe('the reader of protocol messages', () => {
  test('finds the same messages however the stream was cut', () => {
    const messages = [queryFrame('select 1'), frame('P', '', 'select $1', Buffer.of(0, 0)), syncFrame];
    const stream = Buffer.concat(messages);
    for (let size = 1; size <= stream.length; size += 1) {
      const reader = createFrameReader();
      const found: Buffer[] = [];
      for (let at = 0; at < stream.length; at += size) {
        reader.push(stream.subarray(at, at + size));
        for (let next = reader.next('typed'); next; next = reader.next('typed')) found.push(next.bytes);
      }
      expect(found).toEqual(messages);
    }
  });

  test('reads the opening message, which has no letter', () => {
    const opening = startupFrame({ user: 'postgres' });
    const reader = createFrameReader();
    reader.push(opening);
    expect(reader.next('startup')).toEqual({ type: '', bytes: opening });
    expect(reader.next('typed')).toBeUndefined();
  });

  test('refuses a browser, whose first letters read as an enormous length', () => {
    const reader = createFrameReader();
    reader.push(Buffer.from('POST / HTTP/1.1\r\n'));
    expect(() => reader.next('startup')).toThrow(expect.objectContaining({ code: 'embedded.wire-protocol' }));
  });

  test('refuses a length that no message can have', () => {
    const reader = createFrameReader();
    reader.push(Buffer.from([0x51, 0, 0, 0, 3]));
    expect(() => reader.next('typed')).toThrow('3 bytes');
  });
});
