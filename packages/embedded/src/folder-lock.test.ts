import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acquireFolderLock } from './folder-lock.ts';
import { newFolder } from './testing/new-folder.ts';

describe('the lock of a data folder', () => {
  const newFile = (): string => join(newFolder(), 'postgres.lock');
  const ownerIn = (file: string): { pid: number; startedAt: string } =>
    JSON.parse(readFileSync(file, 'utf8'));

  test('a free folder is taken, and free again after the release', () => {
    const file = newFile();
    const lock = acquireFolderLock({ file });
    expect(ownerIn(file).pid).toBe(process.pid);
    lock.release();
    expect(existsSync(file)).toBe(false);
  });

  test('a living owner is named in the refusal, and keeps the lock', () => {
    const file = newFile();
    acquireFolderLock({ file });
    expect(() => acquireFolderLock({ file })).toThrow(
      expect.objectContaining({
        code: 'embedded.locked',
        message: expect.stringContaining(`process ${process.pid}`),
      }),
    );
    expect(ownerIn(file).pid).toBe(process.pid);
    expect(readdirSync(join(file, '..'))).toEqual(['postgres.lock']);
  });

  test('a lock left by a process that is gone is taken over', () => {
    const file = newFile();
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(file, JSON.stringify({ pid, startedAt: '1' }));
    acquireFolderLock({ file });
    expect(ownerIn(file).pid).toBe(process.pid);
    expect(readdirSync(join(file, '..'))).toEqual(['postgres.lock']);
  });

  test.runIf(existsSync('/proc/self/stat'))(
    'a pid that has passed to another process does not hold the lock',
    () => {
      const file = newFile();
      writeFileSync(file, JSON.stringify({ pid: process.ppid, startedAt: 'another life' }));
      acquireFolderLock({ file });
      expect(ownerIn(file).pid).toBe(process.pid);
    },
  );

  test('a file that is no lock is taken over', () => {
    const file = newFile();
    writeFileSync(file, 'torn');
    acquireFolderLock({ file });
    expect(ownerIn(file).pid).toBe(process.pid);
  });

  test('a lock handed to a child counts as long as the child lives', async () => {
    const file = newFile();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const lock = acquireFolderLock({ file });
    lock.handTo(child.pid ?? 0);
    expect(() => acquireFolderLock({ file })).toThrow(`process ${child.pid}`);
    lock.release();
    expect(existsSync(file)).toBe(false);
  });
});
