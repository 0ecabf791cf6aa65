import OpenAI from 'openai';

export type OpenAiEndpoint = {
  apiKey: string;
  /** Any OpenAI-compatible server, up to and with `/v1`. */
  baseUrl: string;
  /** Milliseconds for one request. */
  timeoutMs?: number | undefined;
};

const TIMEOUT_MS = 30_000;

/** The SDK without what it does by itself: no retries (their owner is the caller), no environment, no console. */
export function createOpenAiClient({ apiKey, baseUrl, timeoutMs = TIMEOUT_MS }: OpenAiEndpoint): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
  });
}
