import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultFileLimits } from './limits.ts';
import { loadSources } from './load-sources.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
const limits = {
  ...defaultFileLimits,
  maxBytes: { text: 100, html: 100, pdf: 100, docx: 100, xlsx: 100 },
  maxFiles: 5,
};

test('a folder is read with what is below it; keys are its name and the path', async () => {
  await mkdir(join(folder, 'a'));
  await write('a/доставка.md', '# Доставка');
  await write('pairs.csv', 'question,answer\nа,б');
  await write('photo.jpg', 'x');
  await write('.hidden.md', 'x');
  // What Office puts beside a file that is open.
  await write('~$прайс.xlsx', 'x');
  await symlink('/etc/hostname', join(folder, 'link.txt'));
  const name = basename(folder);
  expect(await loadSources({ path: folder })).toEqual({
    sources: [
      { key: `${name}/a/доставка.md`, kind: 'markdown', name: 'доставка', text: '# Доставка' },
      { key: `${name}/pairs.csv`, kind: 'table', name: 'pairs', text: 'question,answer\nа,б' },
    ],
    failed: [],
    skipped: [
      {
        sourceKey: `${name}/photo.jpg`,
        code: 'knowledge.unsupported-kind',
        message: expect.stringContaining('recognise it (OCR)'),
      },
    ],
    keyPrefix: `${name}/`,
  });
});

test('a file alone has the key that it has in its folder, and removes nothing', async () => {
  await write('a.txt', 'текст');
  const loaded = await loadSources({ path: join(folder, 'a.txt') });
  expect(loaded.sources[0]?.key).toBe(`${basename(folder)}/a.txt`);
  expect(loaded.keyPrefix).toBeUndefined();
});

test('what is wrong with a file is said of this file, and the others are read', async () => {
  await write('big.md', 'x'.repeat(101));
  await write('empty.md', ' \n');
  await write('good.md', 'текст');
  await write('zeros.txt', new Uint8Array([1, 0, 2]));
  const { sources, failed } = await loadSources({ path: folder, limits });
  expect(sources).toHaveLength(1);
  expect(failed.map(({ code }) => code)).toEqual([
    'knowledge.file-too-large',
    'knowledge.empty',
    'knowledge.not-text',
  ]);
});

test('a file of a kind that is not read fails when it is asked for by name', async () => {
  await write('a.exe', 'x');
  const { failed } = await loadSources({ path: join(folder, 'a.exe') });
  expect(failed).toMatchObject([{ code: 'knowledge.unsupported-kind' }]);
  await write('a.xls', 'x');
  expect((await loadSources({ path: join(folder, 'a.xls') })).failed).toMatchObject([
    { message: '.xls files are not read: save it as .xlsx' },
  ]);
});

test('spreadsheets saved in Windows-1251 are read', async () => {
  await write('a.csv', new Uint8Array([0xe2, 0xee, 0xef, 0xf0, 0xee, 0xf1]));
  expect((await loadSources({ path: folder })).sources).toMatchObject([{ text: 'вопрос' }]);
});

test('a path that is not there and a folder of too many files are refused', async () => {
  await expect(loadSources({ path: join(folder, 'no') })).rejects.toMatchObject({
    code: 'knowledge.no-such-path',
  });
  for (const number of [1, 2, 3, 4, 5, 6]) await write(`${number}.md`, 'x');
  await expect(loadSources({ path: folder, limits })).rejects.toMatchObject({
    code: 'knowledge.too-many-files',
  });
});

test('pages and documents keep their bytes for the parser', async () => {
  await write('a.html', '<p>x');
  await write('b.pdf', '%PDF');
  await write('c.xlsm', 'PK');
  await write('d.XLSX', 'PK');
  const { sources } = await loadSources({ path: folder });
  expect(sources.map(({ kind }) => kind)).toEqual(['html', 'pdf', 'xlsx', 'xlsx']);
  expect(sources.map((source) => 'bytes' in source && Buffer.from(source.bytes).toString())).toEqual([
    '<p>x',
    '%PDF',
    'PK',
    'PK',
  ]);
});

test('of JSON files in a folder only questions with answers are meant', async () => {
  await write('faq.json', '[{"question":"а","answer":"б"}]');
  await write('settings.json', '{"a":1}');
  await write('broken.json', '{');
  const { sources, skipped } = await loadSources({ path: folder });
  // What broke is read, and fails with its place.
  expect(sources.map(({ key }) => basename(key))).toEqual(['broken.json', 'faq.json']);
  expect(skipped).toMatchObject([
    { sourceKey: `${basename(folder)}/settings.json`, code: 'knowledge.bad-json' },
  ]);
});

test('what lies in a folder of a listing belongs to that listing', async () => {
  await mkdir(join(folder, 'item-7632548911'));
  await write('item-7632548911/описание.md', 'Синий.');
  expect((await loadSources({ path: folder })).sources).toMatchObject([{ itemId: 7_632_548_911 }]);
});

test('a folder that is too large altogether is refused before it is read', async () => {
  await write('a.md', 'x'.repeat(60));
  await write('b.md', 'x'.repeat(60));
  await expect(
    loadSources({ path: folder, limits: { ...limits, maxFolderBytes: 100 } }),
  ).rejects.toMatchObject({ code: 'knowledge.folder-too-large' });
});

test('a folder or a file that is named by a link is read; links inside are passed over', async () => {
  await mkdir(join(folder, 'shop'));
  await write('shop/a.txt', 'текст');
  await symlink(join(folder, 'shop'), join(folder, 'shop', 'self'));
  await symlink(join(folder, 'shop'), join(folder, 'link'));
  await symlink(join(folder, 'shop', 'a.txt'), join(folder, 'b.txt'));
  expect(await loadSources({ path: join(folder, 'link') })).toMatchObject({
    sources: [{ key: 'link/a.txt' }],
    keyPrefix: 'link/',
  });
  const loaded = await loadSources({ path: join(folder, 'b.txt') });
  expect(loaded).toMatchObject({
    sources: [{ key: `${basename(folder)}/b.txt`, text: 'текст' }],
    failed: [],
  });
});

// The rights of files do not hold for root.
test.skipIf(process.getuid?.() === 0)('what may not be read says so', async () => {
  await write('a.txt', 'текст');
  await chmod(join(folder, 'a.txt'), 0);
  expect(await loadSources({ path: folder })).toMatchObject({
    failed: [{ code: 'knowledge.unreadable-file', message: expect.stringContaining('lacks the right') }],
  });
});

test('office files of other kinds are passed over with what to do', async () => {
  await write('prices.xlsb', 'PK');
  await write('terms.DOC', 'x');
  const { skipped } = await loadSources({ path: folder });
  expect(skipped.map(({ message }) => message)).toEqual([
    'of a kind that is not read: save it as .xlsx',
    'of a kind that is not read: save it as .docx or PDF',
  ]);
});

test('an address without its beginning is no file, and is told apart', async () => {
  await expect(loadSources({ path: 'www.shop.example/prices' })).rejects.toThrow(/starts with https:\/\//);
});
