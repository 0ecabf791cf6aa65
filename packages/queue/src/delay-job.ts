import { AppError } from '@avito-autoreply/runtime';

/**
 * Thrown by a handler whose time has not come: the job is put back until `untilMs` (milliseconds since the epoch).
 * Not a failure: it spends no attempt and is not reported. Whoever throws it bounds how often.
 */
export class DelayJob extends AppError {
  readonly untilMs: number;

  constructor({ untilMs, reason }: { untilMs: number; reason: string }) {
    super(`put back: ${reason}`, { code: 'queue.delayed', isRetryable: true });
    this.untilMs = untilMs;
  }
}
