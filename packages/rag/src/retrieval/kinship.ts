/** Whole words inside compounds: „самокат“ in „электросамокат“. */
const SHORTEST_PART = 5;
const OF_COMPOUND = 0.75;
/** Words of one family that the stemmer keeps apart: „хранить“ and „хранение“. */
const SHORTEST_ROOT = 5;
const ROOT_SHARE = 0.7;
const OF_FAMILY = 0.65;

function commonPrefix(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/**
 * How near an asked stem is to one of the base as words of one family, from 0 to 1; 0 for strangers. A part finds the
 * compound, never the reverse: who asks for an electric bicycle does not mean any bicycle. Says nothing about misspelling.
 */
export function kinship(asked: string, candidate: string): number {
  const isPart = asked.length >= SHORTEST_PART && asked.length < candidate.length;
  if (isPart && (candidate.startsWith(asked) || candidate.endsWith(asked))) return OF_COMPOUND;
  const root = commonPrefix(asked, candidate);
  return root >= SHORTEST_ROOT && root >= ROOT_SHARE * Math.min(asked.length, candidate.length)
    ? OF_FAMILY
    : 0;
}
