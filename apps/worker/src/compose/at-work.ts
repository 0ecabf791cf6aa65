import { LONGEST_JOB_MS } from '@avito-autoreply/queue';
import type { Logger } from '@avito-autoreply/runtime';

type AtWork = {
  /** Says that the work goes on. */
  say: () => Promise<void>;
  everyMs: number;
  logger: Logger;
};

/**
 * Says again and again that it is at work, for as long as it is: whoever falls silent is taken for dead. Work that hangs
 * falls silent after the time of the longest, so that somebody else does it.
 */
export async function whileAtWork<T>({ say, everyMs, logger }: AtWork, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    // Silence of a minute changes nothing yet.
    say().catch((error: unknown) => logger.warn('nobody hears that a composition goes on', { error }));
  }, everyMs);
  const end = setTimeout(() => clearInterval(timer), LONGEST_JOB_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    clearTimeout(end);
  }
}
