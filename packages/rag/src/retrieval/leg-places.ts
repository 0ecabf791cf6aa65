/** The share of the places that the best hits of each leg have in any case. */
const LEG_SHARE = 0.25;

/**
 * Keeps the best hits of each leg among the first `limit`, in the place of the last ones that no leg insists on. The sum
 * of ranks alone would lose them: at a weight of 0.3 the first by words stands behind the fiftieth by meaning, and an
 * article number that only the words find would never be read.
 */
export function keepBestOfLegs<Hit extends { chunkId: number }>({
  hits,
  legs,
  limit,
}: {
  hits: readonly Hit[];
  /** Those that count, each with its best first. */
  legs: readonly (readonly { chunkId: number }[])[];
  limit: number;
}): Hit[] {
  const places = Math.floor(limit * LEG_SHARE);
  const kept = new Set(legs.flatMap((leg) => leg.slice(0, places).map(({ chunkId }) => chunkId)));
  const [first, rest] = [hits.slice(0, limit), hits.slice(limit)];
  const missing = rest.filter(({ chunkId }) => kept.has(chunkId));
  if (missing.length === 0) return [...hits];
  const givingWay = first.filter(({ chunkId }) => !kept.has(chunkId)).slice(-missing.length);
  const staying = first.filter((hit) => !givingWay.includes(hit));
  return [...staying, ...missing, ...givingWay, ...rest.filter((hit) => !missing.includes(hit))];
}
