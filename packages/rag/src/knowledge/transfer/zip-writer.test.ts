import { expect, test } from 'vitest';
import { zippedFiles } from './export-files.ts';
import { zipped } from './zip-writer.ts';

async function pack(files: readonly { path: string; text: string }[]): Promise<Uint8Array> {
  async function* given() {
    yield* files;
  }
  const parts: Uint8Array[] = [];
  for await (const part of zipped(given())) parts.push(part);
  return Buffer.concat(parts);
}

const files = [
  { path: 'documents/доставка-1.json', text: 'В Казань — 490 ₽.\n' },
  { path: 'vectors/model/доставка-1.jsonl', text: '' },
  { path: 'manifest.json', text: '{}\n' },
];

test('what is packed is read back, name by name', async () => {
  const packed = zippedFiles(await pack(files));
  for (const { path, text } of files) expect(await packed.read(path)).toBe(text);
  expect(await packed.list('documents')).toEqual(['доставка-1.json']);
  expect(await packed.list('nothing')).toEqual([]);
  expect(await packed.read('documents/other.json')).toBeUndefined();
});

test('the same files give the same bytes', async () => {
  expect(await pack(files)).toEqual(await pack(files));
});

test('a folder that was packed as a whole is read as well', async () => {
  const packed = zippedFiles(await pack(files.map(({ path, text }) => ({ path: `my-base/${path}`, text }))));
  expect(await packed.list('documents')).toEqual(['доставка-1.json']);
  expect(await packed.read('manifest.json')).toBe('{}\n');
});
