import { expect, test } from 'vitest';
import { createWorkInHand } from './work-in-hand.ts';

test('nothing in hand is settled at once', async () => {
  expect(await createWorkInHand().settled(60_000)).toBe(true);
});

test('settled waits for all work, failed or not', async () => {
  const inHand = createWorkInHand();
  const one = Promise.withResolvers<void>();
  const two = Promise.withResolvers<void>();
  const works = [inHand.track(one.promise), inHand.track(two.promise)];
  const outcomes = Promise.allSettled(works);
  const settled = inHand.settled(60_000);
  one.resolve();
  two.reject(new Error('failed'));
  expect(await settled).toBe(true);
  expect(inHand.size()).toBe(0);
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('settled gives up after its time and says so', async () => {
  const inHand = createWorkInHand();
  void inHand.track(new Promise(() => {}));
  expect(await inHand.settled(1)).toBe(false);
  expect(inHand.size()).toBe(1);
});
