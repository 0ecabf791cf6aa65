import { z } from 'zod';
import { httpUrlField, moneyField, wholeNumber } from './fields.ts';

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
  OPENAI_TIMEOUT_SECONDS: wholeNumber({ min: 1, max: 600, fallback: 30 }),
  OPENAI_SECOND_CHAT_MODEL: z.string().optional(),
  OPENAI_SECOND_BASE_URL: httpUrlField.optional(),
  OPENAI_SECOND_API_KEY: z.string().optional(),
  OPENAI_TRANSCRIPTION_MODEL: z.string().optional(),
  OPENAI_VISION_MODEL: z.string().optional(),
  OPENAI_PRICES_FILE: z.string().optional(),
  OPENAI_MONTHLY_BUDGET: moneyField.optional(),
});

export type ModelConfig = {
  apiKey: string;
  baseUrl: string;
  chatModel: string | undefined;
  embeddingModel: string | undefined;
  embeddingDimensions: number | undefined;
  /** For voice messages. */
  transcriptionModel: string | undefined;
  /** For images. */
  visionModel: string | undefined;
  /** Asked when the first chat model fails, or says what may not be sent. */
  secondChatModel: { apiKey: string; baseUrl: string; model: string } | undefined;
  timeoutMs: number;
};

/** The model endpoint, or `undefined` without a key: then answers are extractive and retrieval is lexical. */
export function modelConfig(env: z.infer<typeof openaiEnv>): ModelConfig | undefined {
  if (env.OPENAI_API_KEY === undefined) return undefined;
  const apiKey = env.OPENAI_API_KEY;
  const baseUrl = env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1';
  const second = env.OPENAI_SECOND_CHAT_MODEL;
  return {
    apiKey,
    baseUrl,
    chatModel: env.OPENAI_CHAT_MODEL,
    embeddingModel: env.OPENAI_EMBEDDING_MODEL,
    embeddingDimensions: env.OPENAI_EMBEDDING_DIMENSIONS,
    transcriptionModel: env.OPENAI_TRANSCRIPTION_MODEL,
    visionModel: env.OPENAI_VISION_MODEL,
    secondChatModel:
      second === undefined
        ? undefined
        : {
            apiKey: env.OPENAI_SECOND_API_KEY ?? apiKey,
            baseUrl: env.OPENAI_SECOND_BASE_URL ?? baseUrl,
            model: second,
          },
    timeoutMs: env.OPENAI_TIMEOUT_SECONDS * 1_000,
  };
}

/** What of it must never show in a log. */
export const modelSecrets = (model: ModelConfig | undefined): string[] =>
  model === undefined
    ? []
    : [model.apiKey, ...(model.secondChatModel === undefined ? [] : [model.secondChatModel.apiKey])];
