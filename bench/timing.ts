/** Milliseconds that `work` took, with its result. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** The value below which the share `p` of the values lies (nearest rank). */
export function percentile(p: number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** How much of the first ten of the right ranking the other one has. */
export function overlapAtTen(right: readonly number[], found: readonly number[]): number {
  const wanted = right.slice(0, 10);
  const had = new Set(found.slice(0, 10));
  return wanted.length === 0 ? 1 : wanted.filter((id) => had.has(id)).length / wanted.length;
}
