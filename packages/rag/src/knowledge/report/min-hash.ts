import type { Turns } from './turns.ts';

/** A short summary of a set: the share of equal places is close to the share of common members (Jaccard). */
export type Signature = Uint32Array;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

export function hashText(text: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return hash >>> 0;
}

/** One cheap permutation of the 32-bit numbers per place (the finalizer of MurmurHash3, seeded). */
function mixed(hash: number, seed: number): number {
  let mix = hash ^ Math.imul(seed + 1, 0x9e3779b1);
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}

export function signatureOf(hashes: Iterable<number>, places: number): Signature {
  const signature = new Uint32Array(places).fill(0xffffffff);
  for (const hash of hashes) {
    for (let place = 0; place < places; place += 1) {
      const value = mixed(hash, place);
      if (value < (signature[place] ?? 0)) signature[place] = value;
    }
  }
  return signature;
}

export function estimatedSimilarity(a: Signature, b: Signature): number {
  let equal = 0;
  for (let place = 0; place < a.length; place += 1) if (a[place] === b[place]) equal += 1;
  return equal / a.length;
}

export function jaccard(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let common = 0;
  for (const member of a) if (b.has(member)) common += 1;
  return common / (a.size + b.size - common);
}

/**
 * Pairs that agree in all places of at least one band: nearly all similar ones, few others. A member is only compared
 * with the last few of its bucket, so that thousands of equal ones cost no squares. Ends early when the time is up.
 */
export async function* candidatePairs({
  signatures,
  rows,
  comparedWith,
  turns,
}: {
  signatures: readonly Signature[];
  /** Places of a band. */
  rows: number;
  comparedWith: number;
  turns: Turns;
}): AsyncGenerator<[number, number], void, undefined> {
  const places = signatures[0]?.length ?? 0;
  for (let from = 0; from + rows <= places; from += rows) {
    const buckets = new Map<number, number[]>();
    for (const [index, signature] of signatures.entries()) {
      if (turns.isTurnOver()) await turns.next();
      if (turns.isTimeUp()) return;
      let key = from;
      for (let place = from; place < from + rows; place += 1)
        key = mixed((signature[place] ?? 0) ^ key, place);
      const bucket = buckets.get(key);
      if (bucket === undefined) {
        buckets.set(key, [index]);
        continue;
      }
      for (const other of bucket) yield [other, index];
      if (bucket.length >= comparedWith) bucket.shift();
      bucket.push(index);
    }
  }
}
