import { expect, test } from 'vitest';
import { evictionProblem, parseRedisInfo } from './redis-inspection.ts';

const info = (policy?: string) =>
  [
    '# Server',
    'redis_version:7.2.4',
    '# Memory',
    'used_memory:1048576',
    'maxmemory:0',
    ...(policy === undefined ? [] : [`maxmemory_policy:${policy}`]),
    '# Persistence',
    'aof_enabled:1',
    '',
  ].join('\r\n');

test('INFO is read into what matters to a queue', () => {
  expect(parseRedisInfo(info('noeviction'))).toEqual({
    version: '7.2.4',
    maxmemoryPolicy: 'noeviction',
    aof: true,
    usedMemoryBytes: 1_048_576,
    maxMemoryBytes: 0,
  });
});

test('Valkey tells its own version beside the one of Redis that it is compatible with', () => {
  expect(parseRedisInfo('redis_version:7.2.4\r\nvalkey_version:8.1.0').version).toBe('8.1.0');
});

test('any policy but noeviction is a problem, and one that is not told is trusted', () => {
  expect(evictionProblem(parseRedisInfo(info('noeviction')), 'redis')).toBeUndefined();
  expect(evictionProblem(parseRedisInfo(info()), 'redis')).toBeUndefined();
  expect(evictionProblem(parseRedisInfo(info('volatile-lru')), 'redis')?.message).toContain(
    'redis-cli CONFIG SET maxmemory-policy noeviction',
  );
});
