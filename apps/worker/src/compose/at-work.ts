import type { Logger } from '@avito-autoreply/runtime';

type AtWork = {
  /** Says that the work goes on. */
  say: () => Promise<void>;
  everyMs: number;
  logger: Logger;
};

// Two model calls of 600 s, which may be allowed to each, and files to listen to before. What lasts longer hangs.
const LONGEST_MS = 1_800_000;

/**
 * Says again and again that it is at work, for as long as it is: whoever falls silent is taken for dead. Work that hangs
 * falls silent after half an hour, so that somebody else does it.
 */
export async function whileAtWork<T>({ say, everyMs, logger }: AtWork, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    // Silence of a minute changes nothing yet.
    say().catch((error: unknown) => logger.warn('nobody hears that a composition goes on', { error }));
  }, everyMs);
  const end = setTimeout(() => clearInterval(timer), LONGEST_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    clearTimeout(end);
  }
}
