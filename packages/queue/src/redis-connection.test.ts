import { silentLogger } from '@avito-autoreply/runtime';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { describeUrl } from './queue-errors.ts';
import { boundedOptions, openRedis } from './redis-connection.ts';

const optionsOf = (url: string) => {
  const redis = openRedis({
    url,
    options: { ...boundedOptions(100), lazyConnect: true },
    logger: silentLogger,
  });
  redis.disconnect();
  if (!(redis instanceof Redis)) throw new TypeError('one server was expected');
  return redis.options;
};

test('a URL may carry user, password, port, database and TLS', () => {
  expect(optionsOf('redis://queue:p%40ss@example.test:6380/2')).toMatchObject({
    host: 'example.test',
    port: 6380,
    username: 'queue',
    password: 'p@ss',
    db: 2,
  });
  expect(optionsOf('redis://:secret@example.test').password).toBe('secret');
  expect(optionsOf('rediss://example.test')).toMatchObject({
    host: 'example.test',
    port: 6379,
    tls: expect.anything(),
  });
});

test('what is no Redis URL is refused with an example', () => {
  expect(() => optionsOf('localhost:6379')).toThrow(expect.objectContaining({ code: 'queue.bad-url' }));
});

test('messages name the server without its password', () => {
  expect(describeUrl('redis://queue:secret@example.test:6380/2')).toBe('redis://example.test:6380/2');
  expect(describeUrl('redis-cluster://queue:se/cr@et@one.test:7000,two.test:7001')).toBe(
    'redis-cluster://one.test:7000,two.test:7001',
  );
  expect(describeUrl('nonsense')).toBe('an unreadable URL');
});
