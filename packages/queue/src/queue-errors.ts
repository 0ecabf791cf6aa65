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

/** Host, port and path of a connection URL, without user and password: fit for messages and logs. */
export function describeUrl(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
  } catch {
    return 'an unreadable URL';
  }
}
