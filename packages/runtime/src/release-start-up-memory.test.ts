import { getHeapStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import { releaseStartUpMemory } from './release-start-up-memory.ts';

test('the heap shrinks by what nobody holds any more', () => {
  const held = { now: Array.from({ length: 300_000 }, (_, index) => ({ index })) };
  // Into the old space, as what loading leaves behind.
  releaseStartUpMemory();
  const full = getHeapStatistics().total_heap_size;
  held.now = [];
  releaseStartUpMemory();
  expect(full - getHeapStatistics().total_heap_size).toBeGreaterThan(5_000_000);
});
