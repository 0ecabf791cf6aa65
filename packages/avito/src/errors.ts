import { AppError, type AppErrorOptions } from '@avito-autoreply/runtime';

type AvitoErrorOptions = AppErrorOptions & {
  /** False when Avito certainly did not carry out the call: it was read-only, never arrived, or was refused. */
  mayHaveTakenEffect: boolean;
};

/**
 * Base of the errors of this package. Messages and causes hold neither tokens nor secrets nor anybody's text:
 * they may be logged and stored.
 */
export abstract class AvitoError extends AppError {
  readonly mayHaveTakenEffect: boolean;

  constructor(message: string, { mayHaveTakenEffect, ...options }: AvitoErrorOptions) {
    super(message, options);
    this.mayHaveTakenEffect = mayHaveTakenEffect;
  }
}

/** The call breaks a rule of Avito's and was not made. Repeating it unchanged is pointless. */
export class AvitoRequestError extends AvitoError {
  constructor(message: string, { code }: { code: string }) {
    super(message, { code, mayHaveTakenEffect: false });
  }
}

/** The port that keeps an account's tokens failed, so no token could be had. Renewed tokens are kept and saved later. */
export class AvitoTokenStoreError extends AvitoError {
  constructor(failure: unknown) {
    // A store's own error may quote what it was to store: of it only the kind is kept.
    const kind = failure instanceof Error ? failure.name : typeof failure;
    const code = failure instanceof Error && 'code' in failure ? ` ${String(failure.code)}` : '';
    super(
      `the stored tokens of an Avito account could not be read or replaced (${kind}${code}); check their store`,
      {
        code: 'avito.token-store',
        isRetryable: true,
        mayHaveTakenEffect: false,
      },
    );
  }
}

/** Avito answered, and the answer is no. Says nothing about answers that could not be read. */
export class AvitoApiError extends AvitoError {
  readonly status: number;

  constructor(
    message: string,
    {
      status,
      ...options
    }: { code: string; status: number; retryAfterMs?: number | undefined; mayHaveTakenEffect: boolean },
  ) {
    super(message, { ...options, isRetryable: status === 408 || status === 429 || status >= 500 });
    this.status = status;
  }
}

/** The call was not made: an earlier answer of Avito's asks for a wait, which `retryAfterMs` tells. */
export class AvitoHeldBackError extends AvitoError {
  constructor(message: string, { retryAfterMs }: { retryAfterMs: number }) {
    super(message, {
      code: 'avito.rate-limited',
      isRetryable: true,
      retryAfterMs,
      mayHaveTakenEffect: false,
    });
  }
}

/** No answer came: Avito was not reached, fell silent, or the connection broke. Always worth another try, later. */
export class AvitoConnectionError extends AvitoError {
  /** False when the connection was not even established, so that Avito cannot have seen the request. */
  readonly requestMayHaveArrived: boolean;

  constructor(
    message: string,
    {
      requestMayHaveArrived,
      ...options
    }: { code: string; cause?: unknown; requestMayHaveArrived: boolean; mayHaveTakenEffect: boolean },
  ) {
    super(message, { ...options, isRetryable: true });
    this.requestMayHaveArrived = requestMayHaveArrived;
  }
}

/** Avito answered with success, but the answer makes no sense to us. A gateway's page looks like this, so it may pass. */
export class AvitoResponseError extends AvitoError {
  constructor(message: string, options: { mayHaveTakenEffect: boolean }) {
    super(message, { ...options, code: 'avito.bad-body', isRetryable: true });
  }
}
