import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../testing/new-folder.ts';
import { findRedisServer } from './find-server.ts';

describe('the search for a Redis server', () => {
  const folderWith = (files: Record<string, number>): string => {
    const folder = newFolder();
    for (const [name, mode] of Object.entries(files)) writeFileSync(join(folder, name), '', { mode });
    return folder;
  };

  test('takes Redis or Valkey from the first folder that has one', () => {
    const empty = folderWith({});
    const valkey = folderWith({ 'valkey-server': 0o755 });
    const redis = folderWith({ 'redis-server': 0o755 });
    const search = (...folders: string[]) => findRedisServer({ searchPath: folders.join(':') });
    expect(search(empty, valkey, redis)).toBe(join(valkey, 'valkey-server'));
    expect(search('', redis)).toBe(join(redis, 'redis-server'));
  });

  test('finds nothing where nothing may be run', () => {
    expect(findRedisServer({ searchPath: folderWith({ 'redis-server': 0o644 }) })).toBeUndefined();
    expect(findRedisServer({ searchPath: '' })).toBeUndefined();
  });
});
