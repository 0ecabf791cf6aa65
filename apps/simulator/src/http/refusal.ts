import { AppError } from '@avito-autoreply/runtime';

/** An answer other than success, in the shape of the API that is imitated. */
export class Refusal extends AppError {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor({
    status,
    body,
    headers = {},
  }: {
    status: number;
    body: unknown;
    headers?: Record<string, string>;
  }) {
    super(`the simulated API refuses with ${status}`, { code: 'simulator.refused' });
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Makes the refusals of one API. */
export type Refuse = (status: number, message?: string) => Refusal;
