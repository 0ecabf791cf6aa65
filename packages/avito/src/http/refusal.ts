import { AvitoApiError } from '../errors.ts';
import { type HttpRequest, type HttpResponse, nameOf } from './http-request.ts';
import { refusalReason } from './refusal-reason.ts';
import { retryAfterMs } from './retry-after.ts';

const accessPaid =
  'access to the Messenger API is not paid: the subscription level «Максимальный» (services: «Расширенный») is needed';
const advice: Record<string, string> = {
  'avito.bad-request': 'Avito does not accept it in this form',
  'avito.access-denied':
    'a fresh token did not help: check the subscription level, the scopes, and that the key is the main company account’s',
  'avito.payment-required': accessPaid,
  'avito.not-found': 'the chat is gone, the buyer has blocked us, or the path does not exist',
  'avito.rate-limited': 'too many calls',
  'avito.request-timeout': 'Avito gave up waiting for the request',
  'avito.server-error': 'Avito is in trouble',
  'avito.unexpected-status': 'not an answer of the Avito API: check AVITO_API_BASE_URL',
};

function codeOf(status: number, reason: string | undefined): string {
  if (status === 402) return 'avito.payment-required';
  if (status === 401 || status === 403) {
    return /подписк|subscription/i.test(reason ?? '') ? 'avito.payment-required' : 'avito.access-denied';
  }
  if (status === 404) return 'avito.not-found';
  if (status === 408) return 'avito.request-timeout';
  if (status === 429) return 'avito.rate-limited';
  if (status >= 500) return 'avito.server-error';
  return status >= 400 ? 'avito.bad-request' : 'avito.unexpected-status';
}

// Any other 4xx means that nothing was done. A 5xx may come from a gateway behind which the work goes on.
const isSurelyRefused = (status: number) => status >= 400 && status < 500 && status !== 408;

export const isSuccess = (status: number) => status >= 200 && status < 300;

type Refusal = { request: HttpRequest; response: HttpResponse; nowMs: number };

/** The error for any status that is not a success. A 401 or 403 is taken as final: renewing the token comes before. */
export function explainRefusal({ request, response, nowMs }: Refusal): AvitoApiError {
  const reason = refusalReason(response.text);
  const code = codeOf(response.status, reason);
  // What we sent may be echoed, and of a chat what was said in it: quote Avito only where there is nothing of it, and
  // never our token.
  const isQuotable =
    reason !== undefined &&
    request.body === undefined &&
    !/\/chats\b/.test(request.path) &&
    (request.token === undefined || !reason.includes(request.token));
  const quote = isQuotable ? ` «${reason}»` : '';
  return new AvitoApiError(`${nameOf(request)}: ${response.status}${quote}; ${advice[code] ?? 'refused'}`, {
    code,
    status: response.status,
    retryAfterMs: retryAfterMs(response.header, nowMs),
    mayHaveTakenEffect: !request.isReadOnly && !isSurelyRefused(response.status),
  });
}
