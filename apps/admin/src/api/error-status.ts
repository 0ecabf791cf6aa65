import type { AppError } from '@avito-autoreply/runtime';

/** No status of HTTP: who would read it is gone. nginx logs such requests with it. */
export const CLIENT_IS_GONE = 499;

/**
 * The status of errors that come up from the packages. Their messages are made for operators, and hold neither secrets
 * nor stacks. What is not listed is hidden behind a 500.
 */
const statusByCode: Record<string, number> = {
  // Avito refused or could not be reached. Never 401 or 403: those speak about the caller's own key.
  'avito.bad-code': 400,
  'avito.unknown-state': 400,
  'avito.state-expired': 400,
  'avito.bad-request': 400,
  'avito.empty-text': 400,
  'avito.text-too-long': 400,
  'avito.image-type': 415,
  'avito.image-too-large': 413,
  'avito.payment-required': 402,
  'avito.not-found': 404,
  'avito.not-connected': 502,
  'avito.not-deletable': 409,
  'avito.other-account': 409,
  'avito.too-late-to-delete': 409,
  'avito.token-revoked': 502,
  'avito.access-denied': 502,
  'avito.bad-body': 502,
  'avito.bad-credentials': 502,
  'avito.reset': 502,
  'avito.server-error': 502,
  'avito.unexpected-status': 502,
  'avito.unreachable': 502,
  // A call to Avito is cancelled for no other reason here.
  'avito.aborted': CLIENT_IS_GONE,
  'avito.token-store': 503,
  'avito.rate-limited': 503,
  'avito.request-timeout': 504,
  'avito.timeout': 504,
  'queue.no-such-failed-job': 404,
  'erasure.own-account': 400,
  'knowledge.url-bad': 400,
  'knowledge.url-forbidden': 400,
  'queue.unavailable': 503,
  'webhook.bad-url': 400,
  'webhook.foreign-subscription': 409,
  'webhook.unreachable': 422,
  'reply.empty': 400,
  'reply.unknown': 404,
  'reply.gone': 409,
  'reply.released': 409,
  'message.unknown': 404,
  'message.in-hand': 409,
  'message.outcome-open': 409,
  'answering.bad-pair': 400,
  'answering.duplicate-question': 409,
  'answering.settings-changed': 409,
  'answering.unknown-gap': 404,
  'answering.unknown-version': 404,
  'answering.unreadable-settings': 500,
  'knowledge.bad-csv': 400,
  'knowledge.bad-json': 400,
  'knowledge.broken-csv': 400,
  'knowledge.broken-json': 400,
  'knowledge.not-text': 400,
  'knowledge.bad-export': 422,
  'knowledge.bomb': 422,
  'knowledge.broken-file': 422,
  'knowledge.export-too-large': 409,
  'knowledge.password-protected': 422,
  'knowledge.search-failed': 503,
  'database.conflict': 503,
  'database.tokens-busy': 503,
  'database.wrong-token-key': 503,
  'database.other-dimensions': 409,
  'database.space-in-use': 409,
  'database.unknown-space': 404,
  'database.not-migrated': 503,
  'database.refused': 503,
  'database.unavailable': 503,
  'database.timeout': 504,
};

export function statusOf({ code }: AppError): number | undefined {
  return statusByCode[code];
}
