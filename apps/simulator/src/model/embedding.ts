import { createHash } from 'node:crypto';
import { contentStems, stemsOf } from './stems.ts';

// Trigrams bring a word with a typo near the right one, weak enough not to drown the words.
const TRIGRAM_WEIGHT = 0.25;

type Feature = { name: string; weight: number };

function trigrams(word: string): string[] {
  const padded = `^${word}$`;
  return Array.from({ length: Math.max(padded.length - 2, 1) }, (_none, start) =>
    padded.slice(start, start + 3),
  );
}

function featuresOf(text: string): Feature[] {
  const content = contentStems(text);
  const stems = content.length > 0 ? content : stemsOf(text);
  // A text of signs only still needs a direction: a zero vector has no cosine.
  if (stems.length === 0) return [{ name: `raw:${text.trim()}`, weight: 1 }];
  return stems.flatMap((stem) => {
    const parts = trigrams(stem);
    return [
      { name: `stem:${stem}`, weight: 1 },
      ...parts.map((part) => ({ name: `part:${part}`, weight: TRIGRAM_WEIGHT / Math.sqrt(parts.length) })),
    ];
  });
}

/**
 * A deterministic vector of length 1: the stems of the text, each hashed to a place and a sign. Texts that share words
 * are near; it knows nothing of meaning.
 */
export function embedText({ text, dimensions }: { text: string; dimensions: number }): Float32Array {
  const weights = new Map<string, number>();
  for (const { name, weight } of featuresOf(text)) weights.set(name, (weights.get(name) ?? 0) + weight);
  const vector = new Float32Array(dimensions);
  for (const [name, weight] of weights) {
    const hash = createHash('md5').update(name).digest();
    const place = hash.readUInt32LE(0) % dimensions;
    // Repeated words count less and less, as in BM25.
    const value = Math.sqrt(weight) * ((hash[4] ?? 0) % 2 === 0 ? 1 : -1);
    vector[place] = (vector[place] ?? 0) + value;
  }
  const length = Math.hypot(...vector);
  // Two features may have cancelled each other out.
  if (length === 0) vector[0] = 1;
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** Little-endian 32-bit floats, as `encoding_format: "base64"` wants them. */
export function vectorToBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes.toString('base64');
}
