import { AppError, errorMessage } from '@avito-autoreply/runtime';

/** The queue could not be reached in time. What was asked for may still happen: repeat it, ids make that harmless. */
export function queueUnavailable({
  doing,
  at,
  cause,
}: {
  doing: string;
  at: string;
  cause?: unknown;
}): AppError {
  const because = cause === undefined ? 'no answer in time' : errorMessage(cause);
  return new AppError(`${doing} on ${at}: ${because}. Check that the server runs and is reachable.`, {
    code: 'queue.unavailable',
    cause,
    isRetryable: true,
  });
}

/**
 * Hosts, ports and path of a connection URL, without user and password: fit for messages and logs. Not by `URL`, which
 * knows one host only.
 */
export function describeUrl(url: string): string {
  const [, scheme, rest = ''] = /^([a-z-]+:\/\/)([^?#]+)/i.exec(url) ?? [];
  if (scheme === undefined) return 'an unreadable URL';
  return `${scheme}${rest.slice(rest.lastIndexOf('@') + 1)}`.replace(/\/$/, '');
}
