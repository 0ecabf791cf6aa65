import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { rowsXml, xlsxFile } from '../../testing/xlsx-file.ts';
import { createFetchPage } from './fetch-page.ts';
import { createReadUrl } from './read-url.ts';

type Answer = { status?: number; headers?: Record<string, string>; body?: string | Uint8Array };

/** A site on loopback, which goes by the name shop.test; the filter lets that one address pass, if asked to. */
async function site(
  answers: Record<string, Answer | ((request: IncomingMessage, response: ServerResponse) => void)>,
  { allow = true, limits = {}, addresses = ['127.0.0.1'] } = {},
) {
  const visited: string[] = [];
  const server = createServer((request, response) => {
    visited.push(request.url ?? '');
    const answer = answers[request.url ?? ''] ?? { status: 404 };
    if (typeof answer === 'function') {
      answer(request, response);
      return;
    }
    response.writeHead(answer.status ?? 200, { 'content-type': 'text/html', ...answer.headers });
    response.end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const fetchPage = createFetchPage({
    limits,
    ...(allow ? { isAllowed: (address: string) => address === '127.0.0.1' } : {}),
    resolve: async () => addresses.map((address) => ({ address, family: 4 })),
  });
  const origin = `http://shop.test:${port}`;
  return { origin, port, visited, read: createReadUrl(fetchPage) };
}

describe('an address', () => {
  test('is read over redirects, under the key that the owner gave', async () => {
    const { origin, read } = await site({
      '/a': { status: 302, headers: { location: '/b' } },
      '/b': { body: gzipSync('<h1>Цены</h1>'), headers: { 'content-encoding': 'gzip', etag: '"1"' } },
    });
    const result = await read({ url: `${origin}/a`, itemId: 7 });
    expect(result).toMatchObject({
      source: { key: `${origin}/a`, kind: 'html', itemId: 7 },
      version: { etag: '"1"', lastModified: null },
    });
  });

  test('is read where a redirect names it in Cyrillic letters as they are', async () => {
    const path = encodeURI('/каталог?цвет=синий');
    const { origin, read, visited } = await site({
      // Bytes of UTF-8 in a header, as many servers write them.
      '/a': { status: 302, headers: { location: Buffer.from('/каталог?цвет=синий').toString('latin1') } },
      [path]: { body: '<p>Синий' },
    });
    expect(await read({ url: `${origin}/a` })).toMatchObject({ source: { kind: 'html' } });
    expect(visited.at(-1)).toBe(path);
  });

  test('that has not changed since is not read again', async () => {
    const { origin, read } = await site({
      '/a': (request, response) =>
        void response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end('x'),
    });
    expect(await read({ url: `${origin}/a`, known: { etag: '"1"', lastModified: null } })).toBe(
      'not-modified',
    );
  });

  test('of a server that says so of what it was not asked about is refused', async () => {
    const { origin, read } = await site({ '/a': { status: 304 } });
    for (const known of [undefined, { etag: null, lastModified: null }])
      await expect(read({ url: `${origin}/a`, known })).rejects.toMatchObject({
        code: 'knowledge.url-refused',
      });
  });

  test.each([
    ['zstd', zstdCompressSync('<p>текст')],
    ['utf-8', '<p>текст'],
  ])('of a server that calls it packed as %s is read', async (encoding, body) => {
    const { origin, read } = await site({ '/a': { body, headers: { 'content-encoding': encoding } } });
    const result = await read({ url: `${origin}/a` });
    expect(result).toMatchObject({ source: { bytes: new Uint8Array(Buffer.from('<p>текст')) } });
  });

  test.each([
    ['%PDF-1.7', 'text/html', 'pdf'],
    [xlsxFile({ sheets: [{ rows: rowsXml([['а']]) }] }), 'application/octet-stream', 'xlsx'],
    ['<!DOCTYPE html><p>x', 'text/plain', 'html'],
    ['question,answer\na,b', 'text/csv; charset=utf-8', 'table'],
    ['Товар\tЦена\nЧехол\t590', 'text/tab-separated-values', 'table'],
    ['# Заголовок', 'text/markdown', 'markdown'],
    ['Просто текст', 'text/plain', 'text'],
  ])('with „%s“ called %s is %s', async (body, contentType, kind) => {
    const { origin, read } = await site({ '/a': { body, headers: { 'content-type': contentType } } });
    expect(await read({ url: `${origin}/a` })).toMatchObject({ source: { kind } });
  });

  test('of a picture is refused', async () => {
    const { origin, read } = await site({ '/a': { body: 'x', headers: { 'content-type': 'image/png' } } });
    await expect(read({ url: `${origin}/a` })).rejects.toMatchObject({ code: 'knowledge.unsupported-kind' });
  });
});

describe('the address filter', () => {
  test.each([
    '127.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
    '0x7f.1',
    '2130706433',
    '10.0.0.1',
  ])('refuses %s', async (host) => {
    const { read, visited, port } = await site({}, { allow: false });
    const reading = read({ url: `http://${host}:${port}/` });
    await expect(reading).rejects.toMatchObject({ code: 'knowledge.url-forbidden' });
    expect(visited).toEqual([]);
  });

  test('refuses a name of which one address is private', async () => {
    const { origin, read, visited } = await site(
      {},
      { allow: false, addresses: ['93.184.216.34', '127.0.0.1'] },
    );
    await expect(read({ url: `${origin}/` })).rejects.toMatchObject({ code: 'knowledge.url-forbidden' });
    expect(visited).toEqual([]);
  });

  test('checks where a redirect leads', async () => {
    const { origin, read, visited } = await site({
      '/a': { status: 301, headers: { location: 'http://10.0.0.1/secret' } },
    });
    await expect(read({ url: `${origin}/a` })).rejects.toMatchObject({ code: 'knowledge.url-forbidden' });
    expect(visited).toEqual(['/robots.txt', '/a']);
  });

  test.each([
    'file:///etc/passwd',
    'ftp://shop.test/',
    'nonsense',
    'http://user:password@shop.test/',
    'http://shop.test/a\0b',
  ])('refuses %j', async (url) => {
    const { read } = await site({});
    await expect(read({ url })).rejects.toMatchObject({ code: 'knowledge.url-bad' });
  });
});

describe('limits', () => {
  test('of size hold for what a packed page unpacks to', async () => {
    const { origin, read } = await site(
      { '/a': { body: gzipSync(Buffer.alloc(200_000)), headers: { 'content-encoding': 'gzip' } } },
      { limits: { maxBytes: 100_000 } },
    );
    await expect(read({ url: `${origin}/a` })).rejects.toMatchObject({ code: 'knowledge.file-too-large' });
  });

  test('of time hold for a page that drips', async () => {
    const { origin, read } = await site(
      { '/a': (_, response) => void response.writeHead(200).write('<p>') },
      { limits: { timeoutMs: 300 } },
    );
    await expect(read({ url: `${origin}/a` })).rejects.toMatchObject({
      code: 'knowledge.url-timeout',
      isRetryable: true,
    });
  });

  test('of redirects end a circle', async () => {
    const { origin, read } = await site({ '/a': { status: 302, headers: { location: '/a' } } });
    await expect(read({ url: `${origin}/a` })).rejects.toMatchObject({ code: 'knowledge.url-redirects' });
  });
});

describe('robots.txt', () => {
  const rules = 'User-agent: *\nDisallow: /secret\n';
  const endless =
    (end: (response: ServerResponse) => void) => (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': 10_000 });
      // What stands last has not come whole, and may have been about to say something else.
      response.write(`${rules}Disallow: /`, () => end(response));
    };

  test.each([
    ['longer than is read of it', { body: rules + '# …\n'.repeat(200_000) }, { maxBytes: 600_000 }],
    [
      'longer than is read of it, and packed',
      {
        body: gzipSync(rules + '# …\n'.repeat(200_000)),
        headers: { 'content-encoding': 'gzip' },
      },
      { maxBytes: 600_000 },
    ],
    ['cut off', endless((response) => response.destroy()), {}],
    ['never done', endless(() => {}), { timeoutMs: 3_000 }],
  ])('that is %s counts as far as it came', async (_, robots, limits) => {
    const pages = { '/robots.txt': robots, '/a': { body: '<p>Цены' }, '/secret': { body: '<p>x' } };
    const { origin, read } = await site(pages, { limits });
    expect(await read({ url: `${origin}/a` })).toMatchObject({ source: { kind: 'html' } });
    await expect(read({ url: `${origin}/secret` })).rejects.toMatchObject({ code: 'knowledge.url-robots' });
  });

  test('that breaks off before its first whole line leaves nothing to be read', async () => {
    const robots = (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': 10_000 });
      response.write('User-ag', () => response.destroy());
    };
    const { origin, read } = await site({ '/robots.txt': robots, '/a': { body: 'x' } });
    await expect(read({ url: `${origin}/a` })).rejects.toMatchObject({
      code: 'knowledge.url-unreachable',
      isRetryable: true,
    });
  });

  test('that forbids the path is obeyed', async () => {
    const { origin, read, visited } = await site({ '/robots.txt': { body: 'User-agent: *\nDisallow: /a' } });
    await expect(read({ url: `${origin}/a` })).rejects.toMatchObject({ code: 'knowledge.url-robots' });
    expect(visited).toEqual(['/robots.txt']);
  });

  test('that is out of order forbids, one that is missing allows', async () => {
    const broken = await site({ '/robots.txt': { status: 503 }, '/a': { body: 'x' } });
    await expect(broken.read({ url: `${broken.origin}/a` })).rejects.toMatchObject({
      // Not that it forbids: its owner would look there for what is not written.
      code: 'knowledge.url-unreachable',
      message: expect.stringContaining('answers 503'),
      isRetryable: true,
    });
    const { origin, read } = await site({ '/a': { body: '<p>x' } });
    expect(await read({ url: `${origin}/a` })).toMatchObject({ source: { kind: 'html' } });
  });
});

test.each([
  [404, 'knowledge.url-gone', false],
  [403, 'knowledge.url-refused', false],
  [503, 'knowledge.url-refused', true],
])('a page that answers %s keeps its document', async (status, code, isRetryable) => {
  const { origin, read } = await site({ '/a': { status } });
  await expect(read({ url: `${origin}/a` })).rejects.toMatchObject({ code, isRetryable });
});
