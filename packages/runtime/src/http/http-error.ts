import { AppError, type AppErrorOptions } from '../errors.ts';

/** An error with the HTTP status that its reader shall see. */
export class HttpError extends AppError {
  readonly status: number;

  constructor(message: string, { status, ...options }: AppErrorOptions & { status: number }) {
    super(message, options);
    this.status = status;
  }
}
