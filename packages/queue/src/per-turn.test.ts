import { expect, test } from 'vitest';
import { perTurn } from './per-turn.ts';

function setUp() {
  const batches: (readonly number[])[] = [];
  const double = perTurn((numbers: readonly number[]) => {
    batches.push(numbers);
    return numbers.map((number) =>
      number < 0 ? Promise.reject(new RangeError(`${number}`)) : Promise.resolve(number * 2),
    );
  });
  return { batches, double };
}

test('what is asked for in one turn is done together, and each gets its own result', async () => {
  const { batches, double } = setUp();
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(await double(4)).toBe(8);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

test('one failure is nobody else’s', async () => {
  const { double } = setUp();
  expect(await Promise.allSettled([1, -1, 2].map(double))).toMatchObject([
    { value: 2 },
    { reason: { message: '-1' } },
    { value: 4 },
  ]);
});

test('who asks while a batch is begun comes with the next', async () => {
  const { batches, double } = setUp();
  const first = double(1);
  await new Promise<void>((resolve) => setImmediate(resolve));
  await Promise.all([first, double(2)]);
  expect(batches).toEqual([[1], [2]]);
});
