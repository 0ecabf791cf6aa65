export type AppErrorOptions = {
  /** Stable and machine readable, `area.problem`: callers and tests rely on it, never on the message. */
  code: string;
  cause?: unknown;
  /** True when the failure may pass by itself. It does not say that repeating is safe. */
  isRetryable?: boolean;
  /** How long the other side asked us to wait, in milliseconds. */
  retryAfterMs?: number | undefined;
};

/**
 * Base of every error that crosses a package border. The message says what failed on what, and what to do about it
 * where the reader can do something. An error that is not an AppError was expected by nobody.
 */
export class AppError extends Error {
  readonly code: string;
  readonly isRetryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { code, cause, isRetryable = false, retryAfterMs }: AppErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.isRetryable = isRetryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The code of an error for rows, metrics and answers: the AppError's own, else `internal.unexpected`. */
export function errorCode(error: unknown): string {
  return error instanceof AppError ? error.code : 'internal.unexpected';
}

/** A short text for rows and operators; never a stack. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? withoutQuotedValues(error, error.message) : String(error);
}

// Of Postgres, by the SQLSTATE: wrong data, and syntax errors of search queries that were made of somebody's words.
const QUOTING_STATES = /^(?:22...|42601)$/;

/** JSON.parse quotes what it could not read, and so does Postgres: that is somebody's message, or a secret. */
function withoutQuotedValues(error: Error, text: string): string {
  const isOfPostgres = 'severity' in error && 'code' in error && QUOTING_STATES.test(String(error.code));
  if (!isOfPostgres && !(error instanceof SyntaxError)) return text;
  return text.replaceAll(/"[^]*"|(?<=Unexpected token )'[^]*?'/g, '"…"');
}

/** A plain object for log lines: name, message, code, stack and the chain of causes (at most five deep). */
export function errorInfo(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const systemCode = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    name: error.name,
    message: errorMessage(error),
    ...(systemCode === undefined ? {} : { code: systemCode }),
    ...(depth === 0 ? { stack: error.stack && withoutQuotedValues(error, error.stack) } : {}),
    ...(error.cause === undefined || depth >= 5 ? {} : { cause: errorInfo(error.cause, depth + 1) }),
  };
}
