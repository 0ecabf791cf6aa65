import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ensureWritable } from './report-file.ts';

test('a report is made for its owner alone, since it quotes buyers; one that is there keeps its rights', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'report-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [made, shared] = [join(folder, 'new.html'), join(folder, 'shared.html')];
  await writeFile(shared, '', { mode: 0o644 });
  await ensureWritable(made);
  await ensureWritable(shared);
  expect((await stat(made)).mode & 0o777).toBe(0o600);
  expect((await stat(shared)).mode & 0o777).toBe(0o644);
});
