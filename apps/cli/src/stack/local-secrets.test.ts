import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { localSecrets } from './local-secrets.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'secrets-')), 'start');
  onTestFinished(() => rm(join(dataDir, '..'), { recursive: true }));
});

test('keys are made once and kept where only their owner reads them', async () => {
  const first = await localSecrets({ dataDir });
  expect(await localSecrets({ dataDir })).toEqual(first);
  expect(first.adminApiKey).not.toBe(first.webhookToken);
  expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
});

test('a damaged file is replaced', async () => {
  const first = await localSecrets({ dataDir });
  await writeFile(join(dataDir, 'secrets.json'), '{"adminApiKey":"short"}');
  const second = await localSecrets({ dataDir });
  expect(second).not.toEqual(first);
  expect(await localSecrets({ dataDir })).toEqual(second);
});
