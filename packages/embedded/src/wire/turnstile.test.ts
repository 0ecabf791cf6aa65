import { describe, expect, test } from 'vitest';
import { createTurnstile, type Hold } from './turnstile.ts';

describe('the turnstile of the session', () => {
  function setup() {
    const turnstile = createTurnstile();
    const [ann, bob] = [{}, {}];
    const log: string[] = [];
    const step = (client: object, name: string, hold: Hold = 'release') =>
      turnstile.enter(client, async () => {
        log.push(`${name} begins`);
        await new Promise(setImmediate);
        log.push(`${name} ends`);
        return hold;
      });
    return { turnstile, ann, bob, log, step };
  }

  test('runs one task at a time, in the order of arrival', async () => {
    const { ann, bob, log, step } = setup();
    await Promise.all([step(ann, 'a1'), step(bob, 'b1'), step(ann, 'a2')]);
    expect(log).toEqual(['a1 begins', 'a1 ends', 'b1 begins', 'b1 ends', 'a2 begins', 'a2 ends']);
  });

  test('whoever keeps the session goes first until it is released, even when the others came earlier', async () => {
    const { turnstile, ann, bob, log, step } = setup();
    await step(ann, 'a1', 'keep');
    const waiting = step(bob, 'b1');
    expect(turnstile.isHeldBy(ann)).toBe(true);
    await step(ann, 'a2');
    await waiting;
    expect(log.filter((line) => line.endsWith('begins'))).toEqual(['a1 begins', 'a2 begins', 'b1 begins']);
    expect(turnstile.isHeldBy(ann)).toBe(false);
  });

  test('a task that fails is reported to its client and frees the session', async () => {
    const { turnstile, ann, bob, log, step } = setup();
    const failing = turnstile.enter(ann, () => Promise.reject(new Error('lost')));
    const next = step(bob, 'b1');
    await expect(failing).rejects.toThrow('lost');
    await next;
    expect(log).toEqual(['b1 begins', 'b1 ends']);
  });
});
