import { describe, expect, test } from 'vitest';
import { setUp } from '../testing/client-set-up.ts';
import { CHAT_ID, USER_ID } from '../testing/examples.ts';
import { imageTypeOf } from './image-type.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0xff, 0x80]);
const MEGABYTE = 1024 * 1024;
const uploaded = { 'img-1': { '1280x960': 'https://img.example/1280.jpg' } };

const ofType = (start: string) => Buffer.from(start, 'latin1');

test.each([
  ['JPEG', ofType('\xFF\xD8\xFF\xE0'), 'image/jpeg'],
  ['PNG', PNG, 'image/png'],
  ['GIF', ofType('GIF89a'), 'image/gif'],
  ['BMP', ofType('BM\x36'), 'image/bmp'],
  ['HEIC', ofType('\0\0\0\x18ftypheic'), 'image/heic'],
  ['WebP', ofType('RIFF\0\0\0\0WEBP'), undefined],
  ['AVIF', ofType('\0\0\0\x1Cftypavif'), undefined],
  ['MP4', ofType('\0\0\0\x1Cftypisom'), undefined],
  ['PDF', ofType('%PDF-1.7'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
])('%s is recognised by its first bytes', (_, bytes, type) => {
  expect(imageTypeOf(bytes)).toBe(type);
});

describe('an upload', () => {
  test('is a form with one file, byte for byte, and its answer’s only key is the id', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body: uploaded });
    expect(await client.uploadImage({ userId: USER_ID, bytes: PNG })).toEqual({
      imageId: 'img-1',
      urls: uploaded['img-1'],
    });
    const [call] = avito.apiCalls();
    expect(call).toMatchObject({ method: 'POST', path: `/messenger/v1/accounts/${USER_ID}/uploadImages` });
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(call?.header('content-type') ?? '')?.[1];
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="uploadfile[]"; filename="image.png"\r\nContent-Type: image/png\r\n\r\n`;
    const expected = Buffer.concat([Buffer.from(head), PNG, Buffer.from(`\r\n--${boundary}--`)]);
    expect(call?.bytes.subarray(0, expected.length)).toEqual(expected);
  });

  test('may be of 24 MB', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body: uploaded });
    const bytes = Buffer.concat([PNG, Buffer.alloc(24 * MEGABYTE - PNG.length)]);
    expect((await client.uploadImage({ userId: USER_ID, bytes })).imageId).toBe('img-1');
    expect(avito.apiCalls()[0]?.bytes.length).toBeGreaterThan(24 * MEGABYTE);
  });

  test.each([
    ['too large', Buffer.concat([PNG, Buffer.alloc(24 * MEGABYTE)]), 'avito.image-too-large'],
    ['of another type', Buffer.from('%PDF-1.7'), 'avito.image-type'],
    ['empty', Buffer.alloc(0), 'avito.image-type'],
  ])('that is %s is not even tried', async (_, bytes, code) => {
    const { avito, client } = await setUp();
    await expect(client.uploadImage({ userId: USER_ID, bytes })).rejects.toMatchObject({
      code,
      isRetryable: false,
    });
    expect(avito.calls).toEqual([]);
  });

  test.each([
    ['no image', {}],
    ['two images', { a: {}, b: {} }],
    ['a list', []],
  ])('answered by %s is a bad body', async (_, body) => {
    const { avito, client } = await setUp();
    avito.replyOnce({ body });
    await expect(client.uploadImage({ userId: USER_ID, bytes: PNG })).rejects.toMatchObject({
      code: 'avito.bad-body',
    });
  });
});

describe('sending an image', () => {
  const image = { userId: USER_ID, chatId: CHAT_ID, imageId: 'img-1' };

  test('uses Avito’s path and form', async () => {
    const { avito, client, lastCall } = await setUp();
    avito.replyOnce({ body: { id: 'm1', created: 1795333261, direction: 'out', type: 'image' } });
    expect(await client.sendImage(image)).toEqual({
      outcome: 'sent',
      messageId: 'm1',
      createdAt: new Date(1795333261_000),
    });
    expect(lastCall()).toEqual({
      method: 'POST',
      path: `/messenger/v1/accounts/${USER_ID}/chats/${CHAT_ID}/messages/image`,
      query: '',
      body: '{"image_id":"img-1"}',
    });
  });

  test.each([
    [400, 'not-sent'],
    [404, 'not-sent'],
    [429, 'not-sent'],
    [408, 'unknown'],
    [500, 'unknown'],
    [503, 'unknown'],
  ])('answered by %i is %s', async (status, outcome) => {
    const { avito, client } = await setUp();
    avito.replyOnce({ status });
    expect(await client.sendImage(image)).toMatchObject({ outcome, error: { status } });
  });

  test('over a connection that breaks is unknown', async () => {
    const { avito, client } = await setUp();
    avito.replyOnce((request) => request.socket.destroy());
    expect(await client.sendImage(image)).toMatchObject({
      outcome: 'unknown',
      error: { code: 'avito.reset' },
    });
  });

  test('without an id is not sent', async () => {
    const { avito, client } = await setUp();
    expect(await client.sendImage({ ...image, imageId: '' })).toMatchObject({
      outcome: 'not-sent',
      error: { code: 'avito.bad-request' },
    });
    expect(avito.calls).toEqual([]);
  });
});
