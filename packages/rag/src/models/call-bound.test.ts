import { expect, test } from 'vitest';
import { createCallBound } from './call-bound.ts';

/** Calls that end when they are told to. */
function setUp(most: number) {
  const bound = createCallBound(most);
  const begun: string[] = [];
  const start = (name: string, { signal }: { signal?: AbortSignal } = {}) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const result = bound(
      () => {
        begun.push(name);
        return promise;
      },
      { signal },
    );
    return { result, end: () => resolve(name), fail: () => reject(new Error(name)) };
  };
  return { begun, start };
}

test('so many run at a time; the others follow in their order as one ends or fails', async () => {
  const { begun, start } = setUp(2);
  const [a, b, c, d] = [start('a'), start('b'), start('c'), start('d')];
  expect(begun).toEqual(['a', 'b']);
  a.end();
  expect(await a.result).toBe('a');
  expect(begun).toEqual(['a', 'b', 'c']);
  b.fail();
  await expect(b.result).rejects.toThrow('b');
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  c.end();
  d.end();
  expect(await Promise.all([c.result, d.result])).toEqual(['c', 'd']);
});

test('a place that nobody waited for is free again', async () => {
  const { begun, start } = setUp(1);
  const a = start('a');
  a.end();
  await a.result;
  start('b');
  expect(begun).toEqual(['a', 'b']);
});

test('who is aborted while he waits is never called, and holds up nobody', async () => {
  const { begun, start } = setUp(1);
  const abort = new AbortController();
  const a = start('a');
  const b = start('b', { signal: abort.signal });
  const c = start('c');
  abort.abort(new Error('superseded'));
  await expect(b.result).rejects.toThrow('superseded');
  a.end();
  await a.result;
  expect(begun).toEqual(['a', 'c']);
  c.end();
  expect(await c.result).toBe('c');
});

test('who is aborted before is not called, and an abort after the call has begun is the call’s own', async () => {
  const { begun, start } = setUp(1);
  const abort = new AbortController();
  const a = start('a', { signal: abort.signal });
  abort.abort(new Error('gone'));
  await expect(start('b', { signal: abort.signal }).result).rejects.toThrow('gone');
  a.end();
  expect(await a.result).toBe('a');
  start('c');
  expect(begun).toEqual(['a', 'c']);
});
