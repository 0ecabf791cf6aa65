/** What is judged of one query: document ids best first, and the gain of each relevant one. */
export type Judged = { ranked: readonly string[]; relevant: ReadonlyMap<string, number> };

/** Normalised discounted cumulative gain of the first `k`, 0 to 1. */
export function ndcgAt(k: number, { ranked, relevant }: Judged): number {
  const gainOf = (gains: readonly number[]) =>
    gains.slice(0, k).reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
  const best = gainOf([...relevant.values()].toSorted((a, b) => b - a));
  return best === 0 ? 0 : gainOf(ranked.map((id) => relevant.get(id) ?? 0)) / best;
}

/** Share of the relevant documents among the first `k`. */
export function recallAt(k: number, { ranked, relevant }: Judged): number {
  const wanted = [...relevant].filter(([, gain]) => gain > 0).map(([id]) => id);
  const found = wanted.filter((id) => ranked.slice(0, k).includes(id));
  return wanted.length === 0 ? 0 : found.length / wanted.length;
}

/** One over the rank of the first relevant document, 0 when none is among the first `k`. */
export function reciprocalRankAt(k: number, { ranked, relevant }: Judged): number {
  const index = ranked.slice(0, k).findIndex((id) => (relevant.get(id) ?? 0) > 0);
  return index < 0 ? 0 : 1 / (index + 1);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value below which the share `p` of the values lies (nearest rank). */
export function percentile(p: number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
}
