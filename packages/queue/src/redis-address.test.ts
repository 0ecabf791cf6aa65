import { describe, expect, test } from 'vitest';
import { keyPrefix, parseRedisAddress } from './redis-address.ts';

describe('the address of Redis', () => {
  test('one server keeps its URL', () => {
    const url = 'rediss://queue:secret@example.test:6380/2';
    expect(parseRedisAddress(url)).toEqual({ kind: 'single', url });
  });

  test('a cluster names some of its nodes', () => {
    expect(parseRedisAddress('redis-cluster://queue:p%40ss@one.test:7000,two.test,[::1]:7002')).toEqual({
      kind: 'cluster',
      nodes: [
        { host: 'one.test', port: 7_000 },
        { host: 'two.test', port: 6_379 },
        { host: '::1', port: 7_002 },
      ],
      login: { username: 'queue', password: 'p@ss' },
      isTls: false,
    });
    expect(parseRedisAddress('rediss-cluster://:secret@one.test')).toMatchObject({
      login: { password: 'secret' },
      isTls: true,
    });
  });

  test('sentinels are asked for a master', () => {
    expect(parseRedisAddress('redis-sentinel://one.test,two.test:26380/mymaster/3')).toEqual({
      kind: 'sentinel',
      sentinels: [
        { host: 'one.test', port: 26_379 },
        { host: 'two.test', port: 26_380 },
      ],
      master: 'mymaster',
      db: 3,
      login: {},
      isTls: false,
    });
  });

  test.each([
    ['localhost:6379', /does not begin with redis:\/\//],
    ['redis-cluster://one.test:7000,', /address 2 of the Redis URL is not host:port/],
    ['redis-cluster://one.test:99999', /address 1/],
    ['redis-cluster://one.test:7000/2', /nothing behind the addresses/],
    ['redis-sentinel://one.test:26379', /names no master/],
    ['redis-sentinel://one.test/mymaster/two', /is not a number/],
    ['redis-cluster://user:p%ss@one.test', /not percent-encoded/],
  ])('%s is refused with the part that is wrong and the forms that there are', (url, problem) => {
    const refused = expect.objectContaining({
      code: 'queue.bad-url',
      message: expect.stringMatching(problem),
    });
    expect(() => parseRedisAddress(url)).toThrow(refused);
    expect(() => parseRedisAddress(url)).toThrow(/redis-sentinel:\/\/\[\[user]:password@]host:port/);
  });

  test('a refusal never repeats a password', () => {
    expect(() => parseRedisAddress('redis-cluster://user:hunter2@one.test:x')).not.toThrow(/hunter2/);
  });

  test('in a cluster the prefix is a hash tag', () => {
    expect(keyPrefix(parseRedisAddress('redis-cluster://one.test'), 'shop')).toBe('{shop}');
    expect(keyPrefix(parseRedisAddress('redis://one.test'), 'shop')).toBe('shop');
  });
});
