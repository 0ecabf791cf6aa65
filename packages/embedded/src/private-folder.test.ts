import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { privateFolder } from './private-folder.ts';

test('a folder of data is its owner’s alone, also one that a copy brought back open to all', () => {
  const parent = mkdtempSync(join(tmpdir(), 'private-folder-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const [made, restored] = [join(parent, 'a', 'postgres'), join(parent, 'restored')];
  mkdirSync(restored);
  chmodSync(restored, 0o755);
  privateFolder(made);
  privateFolder(restored);
  for (const folder of [made, restored]) expect(statSync(folder).mode & 0o777).toBe(0o700);
});
