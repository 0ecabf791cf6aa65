import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@avito-autoreply/runtime';
import type { RedisChildOptions } from './child-messages.ts';
import { serveParent } from './child-side.ts';
import { acquireFolderLock } from './folder-lock.ts';
import { privateFolder } from './private-folder.ts';
import { findRedisServer } from './redis/find-server.ts';
import { runRedis } from './redis/run-redis.ts';

// Stands between startEmbedded and Redis, which itself would live on after a kill -9 of whoever started it.
await serveParent<RedisChildOptions>({
  start: async ({ options: { dataDir, password }, fail }) => {
    const binary = findRedisServer({ searchPath: process.env['PATH'] ?? '' });
    if (binary === undefined) {
      throw new AppError('no redis-server or valkey-server on PATH', { code: 'embedded.no-redis' });
    }
    const folder = prepareFolder(dataDir);
    const lock = dataDir === undefined ? undefined : acquireFolderLock({ file: join(dataDir, 'redis.lock') });
    const redis = await runRedis({ binary, folder, password, onLost: fail });
    // If this process is killed, Redis keeps writing to the folder: the lock is its, not ours.
    lock?.handTo(redis.pid);
    return {
      port: redis.port,
      stop: async () => {
        await redis.stop();
        lock?.release();
        if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
      },
    };
  },
});

function prepareFolder(dataDir: string | undefined): string {
  if (dataDir === undefined) return mkdtempSync(join(tmpdir(), 'autoreply-redis-'));
  const folder = join(dataDir, 'redis');
  privateFolder(folder);
  return folder;
}
