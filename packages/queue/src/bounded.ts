import { AppError } from '@avito-autoreply/runtime';
import type { Backend } from './backend.ts';
import { withDeadline } from './deadline.ts';
import { queueUnavailable } from './queue-errors.ts';

/** Runs something on the backend and answers in time; `doing` goes into the message. */
export type Bounded = <T>(doing: string, run: () => Promise<T>) => Promise<T>;

/**
 * Waits for the backend to be ready, then runs, in `ms` milliseconds altogether. Whatever fails on the way becomes
 * `queue.unavailable`, unless it is an AppError already. What began in time may still take effect after the deadline.
 */
export function createBounded({
  backend,
  ms,
}: {
  backend: Pick<Backend, 'at' | 'ready'>;
  ms: number;
}): Bounded {
  return async (doing, run) => {
    const unavailable = (cause?: unknown): AppError => queueUnavailable({ doing, at: backend.at, cause });
    try {
      return await withDeadline({
        ms,
        run: async (isLate) => {
          await backend.ready();
          if (isLate()) throw unavailable();
          return run();
        },
        late: unavailable,
      });
    } catch (error) {
      throw error instanceof AppError ? error : unavailable(error);
    }
  };
}
