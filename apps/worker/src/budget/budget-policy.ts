const NEAR_SHARE = 0.8;

/** `near` from 80 % on, `spent` from 100 %. */
export function budgetState({
  amount,
  budget,
}: {
  amount: number;
  budget: number;
}): 'within' | 'near' | 'spent' {
  if (amount >= budget) return 'spent';
  return amount >= NEAR_SHARE * budget ? 'near' : 'within';
}
