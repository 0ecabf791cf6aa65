import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../testing/new-folder.ts';
import { runRedis } from './run-redis.ts';

describe('the life of a Redis server', () => {
  const serverThat = (script: string): { binary: string; folder: string; password: string } => {
    const folder = newFolder();
    const binary = join(folder, 'redis-server');
    writeFileSync(binary, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { binary, folder, password: 'secret' };
  };
  const READY = 'echo "Ready to accept connections"';

  test('it gets its configuration by standard input, and stops when told', async () => {
    const server = serverThat(`cat > config\n${READY}\nexec sleep 600`);
    const redis = await runRedis({ ...server, onLost: () => expect.fail('it was told to stop') });
    expect(readFileSync(join(server.folder, 'config'), 'utf8')).toContain(`port ${redis.port}\n`);
    await redis.stop();
  });

  test('a start that fails carries the end of the log', async () => {
    const server = serverThat('cat > /dev/null; echo "Bad file format reading the append only file"; exit 1');
    await expect(runRedis({ ...server, onLost: () => {} })).rejects.toMatchObject({
      code: 'embedded.redis-failed',
      message: expect.stringMatching(/exit code 1.*append only file/),
    });
  });

  test('a port taken meanwhile is tried again on another', async () => {
    const server = serverThat(
      `cat > /dev/null; if [ -e second ]; then ${READY}; exec sleep 600; fi; touch second; echo "Address already in use"; exit 1`,
    );
    const redis = await runRedis({ ...server, onLost: () => {} });
    await redis.stop();
  });

  test('an end after the start is reported', async () => {
    const lost = Promise.withResolvers<unknown>();
    const server = serverThat(`cat > /dev/null\n${READY}\nsleep 0.2\nexit 3`);
    await runRedis({ ...server, onLost: lost.resolve });
    expect(await lost.promise).toMatchObject({ code: 'embedded.redis-failed' });
  });

  test('a server that cannot be run is an error', async () => {
    const binary = '/nowhere/redis-server';
    await expect(
      runRedis({ binary, folder: newFolder(), password: 'secret', onLost: () => {} }),
    ).rejects.toMatchObject({ code: 'embedded.redis-failed' });
  });
});
