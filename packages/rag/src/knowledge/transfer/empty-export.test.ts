import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emptyExport } from './empty-export.ts';
import { fileNameOf, FORMAT, toJson } from './format.ts';

const MANIFEST = toJson({ format: FORMAT, documents: 1, spaces: [] });

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'empty-export-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

test.each([
  ['a folder documents of somebody else', { 'documents/passport.pdf': 'x' }],
  ['one that is deeper', { 'documents/2026/passport.pdf': 'x' }],
  ['a file called documents', { documents: 'x' }],
  ['a manifest of something else', { 'manifest.json': '{"name":"a web app"}' }],
  ['a manifest that is no JSON', { 'manifest.json': 'x' }],
  ['pictures beside an export', { 'manifest.json': MANIFEST, 'vectors/rose.svg': 'x' }],
  ['another file', { 'notes.txt': 'x' }],
])('what is no export is left as it is: %s', async (_, files) => {
  const folder = await folderWith(files);
  const before = await readdir(folder, { recursive: true });
  await expect(emptyExport(folder)).rejects.toMatchObject({ code: 'knowledge.folder-in-use' });
  expect(await readdir(folder, { recursive: true })).toEqual(before);
});

test('an export makes room, and so does one that was interrupted; version control stays', async () => {
  const name = fileNameOf('shop/Доставка.md');
  const files = {
    '.git/HEAD': 'x',
    [`documents/${name}.json`]: '{}',
    [`vectors/${fileNameOf('m|native|none')}/${name}.jsonl`]: '',
  };
  for (const each of [files, { ...files, 'manifest.json': MANIFEST }]) {
    const folder = await folderWith(each);
    await emptyExport(folder);
    expect(await readdir(folder)).toEqual(['.git']);
  }
});
