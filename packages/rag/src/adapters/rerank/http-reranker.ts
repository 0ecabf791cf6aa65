import { AppError, errorMessage } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { Reranker } from '../../ports.ts';

export type RerankEndpoint = {
  /** Up to and without `/rerank`, as of Cohere (`https://api.cohere.com/v2`), Jina or vLLM (`…/v1`). */
  baseUrl: string;
  model: string;
  /** Local servers ask for none. */
  apiKey?: string | undefined;
  /** Milliseconds for one request. */
  timeoutMs?: number | undefined;
};

// The buyer waits: an order that is good is better than one that comes late.
const TIMEOUT_MS = 3_000;

/** What Cohere bills as one search, unless it says otherwise: long documents count more than once. */
const DOCUMENTS_OF_A_SEARCH = 100;

const count = z.number().nonnegative().optional().catch(undefined);

/** Servers disagree on the name of the score, on the order of the results, and on where they tell what was used. */
const answerSchema = z.object({
  usage: z.object({ total_tokens: count, search_units: count }).optional().catch(undefined),
  meta: z
    .object({
      billed_units: z.object({ search_units: count, input_tokens: count }).optional(),
      tokens: z.object({ input_tokens: count }).optional(),
    })
    .optional()
    .catch(undefined),
  results: z.array(
    z
      .object({
        index: z.number().int().nonnegative(),
        relevance_score: z.number().optional(),
        score: z.number().optional(),
      })
      .transform(({ index, relevance_score: relevance, score }) => ({
        index,
        score: relevance ?? score ?? 0,
      })),
  ),
});

/**
 * `POST /rerank` as Cohere, Jina and vLLM have it. Throws AppErrors `model.timeout`, `model.rate-limited`,
 * `model.unavailable`, `model.unauthorized`, `model.rejected`, `model.bad-answer`. Does not retry.
 */
export function createHttpReranker({
  baseUrl,
  model,
  apiKey,
  timeoutMs = TIMEOUT_MS,
}: RerankEndpoint): Reranker {
  const url = `${baseUrl.replace(/\/+$/, '')}/rerank`;
  const what = `POST /rerank (${model})`;
  return {
    model,
    async rerank({ question, documents, limit, signal }) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
          },
          body: JSON.stringify({ model, query: question, documents, top_n: limit }),
          signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        });
        if (!response.ok) throw refusal(response, what);
        const { results, usage, meta } = answerSchema.parse(await response.json());
        const billed = meta?.billed_units;
        return {
          ranked: results.toSorted((a, b) => b.score - a.score),
          tokens: usage?.total_tokens ?? billed?.input_tokens ?? meta?.tokens?.input_tokens ?? 0,
          searches:
            billed?.search_units ??
            usage?.search_units ??
            Math.ceil(documents.length / DOCUMENTS_OF_A_SEARCH),
        };
      } catch (error) {
        signal?.throwIfAborted();
        throw asRerankError({ error, what, isLate: timeout.aborted });
      }
    },
  };
}

function refusal({ status }: Response, what: string): AppError {
  const build = (code: string, advice: string, isRetryable = false) =>
    new AppError(`${what}: ${status}${advice}`, { code, isRetryable });
  if (status === 429) return build('model.rate-limited', ', too many requests', true);
  if (status === 401 || status === 403)
    return build('model.unauthorized', ', the key is not accepted: check RERANK_API_KEY');
  if (status === 408 || status >= 500) return build('model.unavailable', '', true);
  return build('model.rejected', ': check RERANK_BASE_URL and RERANK_MODEL');
}

function asRerankError({ error, what, isLate }: { error: unknown; what: string; isLate: boolean }): AppError {
  if (error instanceof AppError) return error;
  if (isLate)
    return new AppError(`${what}: no answer in time`, {
      code: 'model.timeout',
      cause: error,
      isRetryable: true,
    });
  // fetch throws a TypeError for everything that kept the request from the server.
  if (error instanceof TypeError)
    return new AppError(`${what}: the server cannot be reached: check RERANK_BASE_URL`, {
      code: 'model.unavailable',
      cause: error,
      isRetryable: true,
    });
  return new AppError(`${what}: the answer makes no sense: ${errorMessage(error)}`, {
    code: 'model.bad-answer',
    cause: error,
  });
}
