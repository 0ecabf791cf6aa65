import { describe, expect, test } from 'vitest';
import { createLifecycle } from './lifecycle.ts';
import { silentLogger } from './logger.ts';

function setUp(deadlineMs?: number) {
  const ran: string[] = [];
  const lifecycle = createLifecycle({
    logger: silentLogger,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  return { lifecycle, ran };
}

describe('shutdown', () => {
  test('stops intake, then drains, then disconnects; the last opened closes first', async () => {
    const { lifecycle, ran } = setUp();
    const step = (name: string, phase: 'stop-intake' | 'drain' | 'disconnect') =>
      lifecycle.onShutdown({ name, phase, run: () => void ran.push(name) });
    step('postgres', 'disconnect');
    step('redis', 'disconnect');
    step('jobs', 'drain');
    step('http', 'stop-intake');
    await expect(lifecycle.shutdown('test')).resolves.toEqual({ clean: true });
    expect(ran).toEqual(['http', 'jobs', 'redis', 'postgres']);
  });

  test('runs once, however often it is asked for', async () => {
    const { lifecycle, ran } = setUp();
    lifecycle.onShutdown({ name: 'a', phase: 'drain', run: () => void ran.push('a') });
    await Promise.all([lifecycle.shutdown('one'), lifecycle.shutdown('two')]);
    expect(ran).toEqual(['a']);
  });

  test('a step that fails does not keep the others from closing, and the end is not clean', async () => {
    const { lifecycle, ran } = setUp();
    lifecycle.onShutdown({ name: 'a', phase: 'disconnect', run: () => void ran.push('a') });
    lifecycle.onShutdown({ name: 'bad', phase: 'drain', run: () => Promise.reject(new Error('no')) });
    await expect(lifecycle.shutdown('test')).resolves.toEqual({ clean: false });
    expect(ran).toEqual(['a']);
  });

  test('ends at the deadline when a step hangs', async () => {
    const { lifecycle } = setUp(10);
    lifecycle.onShutdown({ name: 'hangs', phase: 'drain', run: () => new Promise(() => {}) });
    await expect(lifecycle.shutdown('test')).resolves.toEqual({ clean: false });
  });

  test('aborts the signal at once, so that slow work may be given up', async () => {
    const { lifecycle } = setUp();
    void lifecycle.shutdown('test');
    expect(lifecycle.signal.aborted).toBe(true);
  });

  test('refuses to register what is opened during shutdown', async () => {
    const { lifecycle } = setUp();
    await lifecycle.shutdown('test');
    expect(() => lifecycle.onShutdown({ name: 'late', phase: 'drain', run: () => {} })).toThrow(/late/);
  });
});
