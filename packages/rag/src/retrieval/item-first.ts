/** The share of the places that the listing's own chunks may take before the general ones. */
const ITEM_SHARE = 0.5;

/**
 * What belongs to the listing asked about goes before what holds of the whole shop, each in its order. Only half of the
 * places are kept for it: a question about delivery is answered by the shop's page, however long the listing is.
 */
export function itemFirst<Hit>({
  hits,
  isOfItem,
  limit,
}: {
  hits: readonly Hit[];
  isOfItem: (hit: Hit) => boolean;
  limit: number;
}): Hit[] {
  const first = hits.filter(isOfItem).slice(0, Math.ceil(limit * ITEM_SHARE));
  return [...first, ...hits.filter((hit) => !first.includes(hit))];
}
