import { AppError, type AppErrorOptions } from '../errors.ts';

/** An error with the HTTP status that its reader shall see. */
export class HttpError extends AppError {
  readonly status: number;
  /** For programs: what came of the parts of a request of which only some were done. */
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    message: string,
    {
      status,
      details,
      ...options
    }: AppErrorOptions & { status: number; details?: Readonly<Record<string, unknown>> },
  ) {
    super(message, options);
    this.status = status;
    this.details = details;
  }
}
