export type WorkInHand = {
  track: <T>(work: Promise<T>) => Promise<T>;
  size: () => number;
  /** True when nothing is left in hand, false when `withinMs` passed before that. */
  settled: (withinMs: number) => Promise<boolean>;
};

/** Counts what is running, so that shutdown can wait for it. */
export function createWorkInHand(): WorkInHand {
  const running = new Set<Promise<unknown>>();
  let onIdle: (() => void) | undefined;
  return {
    track: async (work) => {
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
        if (running.size === 0) onIdle?.();
      }
    },
    size: () => running.size,
    settled: async (withinMs) => {
      if (running.size === 0) return true;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(false), withinMs);
      onIdle = () => resolve(true);
      const isIdle = await promise;
      clearTimeout(timer);
      return isIdle;
    },
  };
}
