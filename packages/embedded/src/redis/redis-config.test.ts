import { expect, test } from 'vitest';
import { redisConfig } from './redis-config.ts';

test('our Redis stays on loopback, keeps every write, never evicts, and takes a folder with blanks', () => {
  const lines = redisConfig({ port: 7001, folder: '/data/my "shop"', password: 'secret' }).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'bind 127.0.0.1',
      'port 7001',
      'requirepass "secret"',
      String.raw`dir "/data/my \"shop\""`,
      'appendonly yes',
      'maxmemory-policy noeviction',
    ]),
  );
});
