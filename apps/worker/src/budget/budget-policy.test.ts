import { expect, test } from 'vitest';
import { budgetState } from './budget-policy.ts';

test.each([
  [0, 'within'],
  [79.99, 'within'],
  [80, 'near'],
  [99.99, 'near'],
  [100, 'spent'],
  [170, 'spent'],
])('%s of 100 is %s', (amount, state) => {
  expect(budgetState({ amount, budget: 100 })).toBe(state);
});
