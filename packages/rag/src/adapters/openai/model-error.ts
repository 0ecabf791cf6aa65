import { AppError } from '@avito-autoreply/runtime';
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';

/**
 * An error of the SDK as AppError: `model.timeout`, `model.rate-limited`, `model.unavailable` (retryable),
 * `model.no-money`, `model.unauthorized`, `model.rejected`, `model.bad-answer`. Messages name the call, never the texts in it.
 */
export function asModelError({ error, what }: { error: unknown; what: string }): AppError {
  if (error instanceof AppError) return error;
  const build = (
    problem: string,
    code: string,
    more: { isRetryable?: boolean; retryAfterMs?: number } = {},
  ) => new AppError(`${what}: ${problem}`, { code, cause: withoutBody(error), ...more });
  if (error instanceof APIConnectionTimeoutError) {
    return build('no answer in time', 'model.timeout', { isRetryable: true });
  }
  if (error instanceof APIConnectionError) {
    return build('the server cannot be reached: check OPENAI_BASE_URL', 'model.unavailable', {
      isRetryable: true,
    });
  }
  if (!(error instanceof APIError) || error.status === undefined) {
    return build('the answer makes no sense', 'model.bad-answer');
  }
  const { status } = error;
  // Waiting does not help: OpenAI says it as 429, most others as 402.
  if (status === 402 || error.code === 'insufficient_quota')
    return build(`${status}, no money or quota is left at the provider`, 'model.no-money');
  if (status === 429) {
    const retryAfterMs = retryAfter(error.headers);
    return build('429, too many requests', 'model.rate-limited', {
      isRetryable: true,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  if (status === 401 || status === 403) {
    return build(
      `${status}, the key is not accepted, or not from here: check OPENAI_API_KEY`,
      'model.unauthorized',
    );
  }
  if (status === 408 || status >= 500)
    return build(String(status), 'model.unavailable', { isRetryable: true });
  return build(`${status}, the request is not accepted: check the model's name`, 'model.rejected');
}

/** What kind of failure it was, without the SDK's message: it quotes the server, and servers quote what they were asked. */
function withoutBody(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(typeof error);
  const cause = error instanceof APIConnectionError && error.cause instanceof Error ? error.cause : error;
  const code =
    'code' in cause && typeof cause.code === 'string' && /^[A-Z_]+$/.test(cause.code) ? cause.code : '';
  const requestId = error instanceof APIError && error.requestID ? `request ${error.requestID}` : '';
  return new Error([error.name, code, requestId].filter((part) => part !== '').join(', '));
}

/** Milliseconds, from a header in seconds; a date is not worth reading here. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}
