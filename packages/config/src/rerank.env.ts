import { z } from 'zod';
import { httpUrlField } from './fields.ts';

/** A server with `POST /rerank` as Cohere, Jina and vLLM have it; may be another one than the model's. */
export const rerankEnv = z
  .object({
    RERANK_BASE_URL: httpUrlField.optional(),
    RERANK_MODEL: z.string().optional(),
    RERANK_API_KEY: z.string().optional(),
  })
  .refine((env) => (env.RERANK_BASE_URL === undefined) === (env.RERANK_MODEL === undefined), {
    path: ['RERANK_MODEL'],
    message: 'RERANK_BASE_URL and RERANK_MODEL belong together',
  });

export type RerankConfig = { baseUrl: string; model: string; apiKey: string | undefined };

/** What of it must never show in a log. */
export const rerankSecrets = (rerank: RerankConfig | undefined): string[] =>
  rerank?.apiKey === undefined ? [] : [rerank.apiKey];

/** The endpoint, or `undefined`: then what was found keeps the order of the search. */
export function rerankConfig(env: z.infer<typeof rerankEnv>): RerankConfig | undefined {
  const { RERANK_BASE_URL: baseUrl, RERANK_MODEL: model, RERANK_API_KEY: apiKey } = env;
  return baseUrl === undefined || model === undefined ? undefined : { baseUrl, model, apiKey };
}
