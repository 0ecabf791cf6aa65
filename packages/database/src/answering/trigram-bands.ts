/** Bands and rows per band: the more bands the fewer likenesses are missed, the more rows the fewer are looked at in vain. */
export type Banding = { bands: number; rows: number };

/** As pg_trgm cuts them: of each word, with two blanks before it and one behind. */
function trigramsOf(text: string): string[] {
  const trigrams = new Set<string>();
  for (const word of text.split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue;
    const padded = `  ${word} `;
    for (let start = 0; start + 3 <= padded.length; start += 1) trigrams.add(padded.slice(start, start + 3));
  }
  return [...trigrams];
}

/** Murmur's finalizer: every bit of the input changes half of the output's. */
function mixed(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85_eb_ca_6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2_b2_ae_35);
  return hash ^ (hash >>> 16);
}

function textHash(text: string): number {
  let hash = 17;
  for (let index = 0; index < text.length; index += 1) {
    hash = mixed(Math.imul(hash, 31) + text.charCodeAt(index));
  }
  return hash;
}

/**
 * Numbers of which two texts share at least one when they share most of their trigrams (MinHash with banding), and next
 * to never otherwise. An index of arrays finds them at once, where a trigram index reads the lists of every trigram. The
 * account goes into the numbers, so no account is slowed down by another.
 */
export function trigramBands({
  accountId,
  text,
  banding: { bands, rows },
}: {
  accountId: number;
  text: string;
  banding: Banding;
}): number[] {
  const hashes = trigramsOf(text).map(textHash);
  if (hashes.length === 0) return [];
  const minimum = (index: number) => {
    const seed = mixed(index + 1);
    let least = Infinity;
    for (const hash of hashes) least = Math.min(least, mixed(hash ^ seed));
    return least;
  };
  return Array.from({ length: bands }, (_, band) => {
    const values = Array.from({ length: rows }, (_row, row) => minimum(band * rows + row));
    return textHash([accountId, band, ...values].join(':'));
  });
}
