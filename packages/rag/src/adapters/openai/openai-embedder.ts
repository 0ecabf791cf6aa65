import { AppError } from '@avito-autoreply/runtime';
import { BadRequestError } from 'openai';
import type { Embedder } from '../../ports.ts';
import { asModelError } from './model-error.ts';
import { createOpenAiClient, type OpenAiEndpoint } from './openai-client.ts';

/** Texts per request. Servers take up to 2,048, but local ones run out of memory long before. */
const MAX_BATCH_SIZE = 64;

/** Of `halfvec`, in which they are stored. */
const LARGEST = 65_504;

type EmbedderOptions = OpenAiEndpoint & {
  model: string;
  /** Asked of the server; its own when left out. */
  dimensions?: number | undefined;
};

/** Models of the E5 family were trained with these prefixes and are much worse without them. */
const prefixRules = {
  none: { query: '', passage: '' },
  e5: { query: 'query: ', passage: 'passage: ' },
} as const;

/** Embeddings from any OpenAI-compatible server; base64 where the server knows it. Does not retry. */
export function createOpenAiEmbedder({ model, dimensions, ...endpoint }: EmbedderOptions): Embedder {
  const client = createOpenAiClient(endpoint);
  const prefixRule = /(^|[/-])e5([/-]|$)/i.test(model) ? 'e5' : 'none';
  const what = `POST /embeddings (${model})`;
  // Set once a server has refused base64.
  let format: { encoding_format?: 'float' } = {};

  const request = (input: string[], signal: AbortSignal | undefined) =>
    client.embeddings.create(
      { model, input, ...(dimensions === undefined ? {} : { dimensions }), ...format },
      signal === undefined ? {} : { signal },
    );

  return {
    spaceKey: `${model}|${dimensions ?? 'native'}|${prefixRule}`,
    model,
    maxBatchSize: MAX_BATCH_SIZE,
    async embed({ texts, kind, signal }) {
      if (texts.length === 0) return { vectors: [], tokens: 0 };
      const input = texts.map((text) => `${prefixRules[prefixRule][kind]}${text}`);
      try {
        const response = await request(input, signal).catch((error: unknown) => {
          if (!(error instanceof BadRequestError) || format.encoding_format !== undefined) throw error;
          format = { encoding_format: 'float' };
          return request(input, signal);
        });
        const vectors = response.data
          .toSorted((a, b) => a.index - b.index)
          .map(({ embedding }) => Array.from(embedding));
        assertVectors({ vectors, texts, dimensions, what });
        // Local servers leave the usage out, whatever the types say.
        return { vectors, tokens: Number(response.usage?.total_tokens ?? 0) };
      } catch (error) {
        signal?.throwIfAborted();
        throw asModelError({ error, what });
      }
    },
  };
}

function assertVectors({
  vectors,
  texts,
  dimensions,
  what,
}: {
  vectors: readonly number[][];
  texts: readonly string[];
  dimensions: number | undefined;
  what: string;
}): void {
  const wanted = dimensions ?? vectors[0]?.length ?? 0;
  const got = [...new Set(vectors.map((vector) => vector.length))].join(', ');
  const fail = (problem: string) => {
    throw new AppError(`${what}: ${problem}`, { code: 'model.bad-answer' });
  };
  if (vectors.length !== texts.length) fail(`${vectors.length} vectors for ${texts.length} texts`);
  if (wanted === 0) fail('the vectors are empty: check OPENAI_EMBEDDING_MODEL');
  if (vectors.some((vector) => vector.length !== wanted)) {
    fail(`vectors of ${got} dimensions, ${wanted} were expected: check OPENAI_EMBEDDING_DIMENSIONS`);
  }
  // Nothing is near a vector without a direction, nor can one be stored whose numbers are no half floats.
  const isUsable = (vector: readonly number[]) =>
    vector.every((value) => Number.isFinite(value) && Math.abs(value) <= LARGEST) &&
    vector.some((value) => value !== 0);
  if (!vectors.every(isUsable)) {
    fail('the vectors hold nothing but zeroes, or what is no number: check OPENAI_EMBEDDING_MODEL');
  }
}
