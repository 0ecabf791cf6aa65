/**
 * Lets so many calls run at a time. The others wait, first come first served, until one ends; whose signal is aborted
 * meanwhile waits no longer and is never made.
 */
export function createCallBound(most: number) {
  let free = most;
  const waiting: (() => void)[] = [];

  const turn = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(signal?.reason);
      };
      waiting.push(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });

  return async <T>(call: () => Promise<T>, { signal }: { signal?: AbortSignal | undefined }): Promise<T> => {
    signal?.throwIfAborted();
    if (free > 0) free -= 1;
    else await turn(signal);
    try {
      return await call();
    } finally {
      // Whoever waited longest takes the place over, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

export type CallBound = ReturnType<typeof createCallBound>;
