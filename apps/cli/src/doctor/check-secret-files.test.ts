import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkSecretFiles } from './check-secret-files.ts';

async function fileOf(mode: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'secret-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'accounts.json');
  await writeFile(file, '[]');
  await chmod(file, mode);
  return file;
}

test('a file of secrets that every user of the machine can read is told of', async () => {
  const file = await fileOf(0o644);
  expect(await checkSecretFiles([file])).toMatchObject([
    { subject: 'Files', status: 'warning', message: expect.stringContaining(file) },
  ]);
});

test.each([0o600, 0o640, 0o400])('one that is kept from them is sound, as is none: %o', async (mode) => {
  expect(await checkSecretFiles([await fileOf(mode), undefined, '/no/such/file'])).toEqual([]);
});
