import { createRandom, gaussian, pick, type Random } from '../random.ts';

/** Embeddings of real texts lie near a surface of few dimensions, in clusters of uneven size. */
const LATENT_DIMENSIONS = 64;
const CLUSTERS = 500;
const SPREAD_IN_CLUSTER = 0.6;
const NOISE = 0.05;
/** How far a question lies from the chunk that answers it. */
const QUESTION_SPREAD = 0.3;

export type VectorSource = {
  /** The vector of the next chunk. */
  ofChunk: () => { latent: Float32Array; vector: number[] };
  /** A question about such a chunk. */
  ofQuestion: (latent: Float32Array) => number[];
};

/** Clustered unit vectors, the same for the same seed. */
export function createVectorSource({ seed, dimensions }: { seed: number; dimensions: number }): VectorSource {
  const random = createRandom(seed);
  // Of its own, so that the chunks stay the same however many questions are asked.
  const ofQuestions = createRandom(seed + 1);
  const axes = Array.from({ length: LATENT_DIMENSIONS }, () => randomVector(random, dimensions));
  const centres = Array.from({ length: CLUSTERS }, () => randomVector(random, LATENT_DIMENSIONS));
  const near = (latent: Float32Array, spread: number, source: Random) =>
    latent.map((value) => value + spread * gaussian(source));

  const decode = (latent: Float32Array, source: Random): number[] => {
    const vector = new Float32Array(dimensions);
    for (const [index, axis] of axes.entries()) {
      const amount = latent[index] ?? 0;
      for (let at = 0; at < dimensions; at += 1) vector[at] = (vector[at] ?? 0) + amount * (axis[at] ?? 0);
    }
    // Even noise is as good as normal noise here, and quicker; √12 makes its deviation one.
    const noise = NOISE * Math.sqrt(12 * LATENT_DIMENSIONS);
    const noisy = Array.from(vector, (value) => value + noise * (source() - 0.5));
    const length = Math.sqrt(noisy.reduce((sum, value) => sum + value * value, 0));
    return noisy.map((value) => value / length);
  };

  return {
    ofChunk: () => {
      // The square makes the first clusters the large ones.
      const centre = centres[pick(random, Math.floor(CLUSTERS * random()) + 1)] ?? new Float32Array(0);
      const latent = near(centre, SPREAD_IN_CLUSTER, random);
      return { latent, vector: decode(latent, random) };
    },
    ofQuestion: (latent) => decode(near(latent, QUESTION_SPREAD, ofQuestions), ofQuestions),
  };
}

const randomVector = (random: Random, dimensions: number): Float32Array =>
  Float32Array.from({ length: dimensions }, () => gaussian(random));
