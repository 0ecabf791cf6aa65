import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderFiles } from './export-files.ts';
import { fileNameOf, FORMAT, toJson } from './format.ts';
import { openExport } from './read-export.ts';

test('vectors that cannot be read are not taken for none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'export-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const name = fileNameOf('a.md');
  const space = { key: 'model|native|none', model: 'model', dimensions: 2, folder: 'model' };
  const manifest = { format: FORMAT, documents: 1, spaces: [space], active_space: null, sources: [] };
  const chunks = [{ heading: '', question: null, content: 'Карта.' }];
  const document = { key: 'a.md', title: 'a', kind: 'markdown', content_hash: 'x', item_id: null, chunks };
  await mkdir(join(folder, 'documents'));
  await writeFile(join(folder, 'manifest.json'), toJson(manifest));
  await writeFile(join(folder, 'documents', `${name}.json`), toJson(document));
  const read = async () => (await openExport(folderFiles(folder))).documents().next();
  expect(await read()).toMatchObject({ value: { vectors: [] } });
  await mkdir(join(folder, 'vectors', 'model', `${name}.jsonl`), { recursive: true });
  await expect(read()).rejects.toMatchObject({ code: 'knowledge.bad-export' });
});
