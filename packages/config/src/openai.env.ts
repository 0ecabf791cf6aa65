import { z } from 'zod';
import { httpUrlField } from './fields.ts';

/** Each part works by itself: a chat model without embeddings, embeddings without a chat model, or neither. */
export const openaiEnv = z.object({
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: httpUrlField.optional(),
  OPENAI_CHAT_MODEL: z.string().optional(),
  OPENAI_EMBEDDING_MODEL: z.string().optional(),
  OPENAI_EMBEDDING_DIMENSIONS: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(8, 'must be at least 8')
    // pgvector indexes a halfvec of at most 4,000 dimensions.
    .max(4_000, 'must be at most 4000, the most that pgvector indexes')
    .optional(),
});

export type ModelConfig = {
  apiKey: string;
  baseUrl: string;
  chatModel: string | undefined;
  embeddingModel: string | undefined;
  embeddingDimensions: number | undefined;
};

/** The model endpoint, or `undefined` without a key: then answers are extractive and retrieval is lexical. */
export function modelConfig(env: z.infer<typeof openaiEnv>): ModelConfig | undefined {
  if (env.OPENAI_API_KEY === undefined) return undefined;
  return {
    apiKey: env.OPENAI_API_KEY,
    baseUrl: env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
    chatModel: env.OPENAI_CHAT_MODEL,
    embeddingModel: env.OPENAI_EMBEDDING_MODEL,
    embeddingDimensions: env.OPENAI_EMBEDDING_DIMENSIONS,
  };
}
