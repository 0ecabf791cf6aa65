/**
 * Runs `run`, but no longer than `ms`: then rejects with `late()` and leaves whatever `run` had begun to itself. Asking
 * `isLate` before each step lets `run` begin nothing more.
 */
export async function withDeadline<T>({
  ms,
  run,
  late,
}: {
  ms: number;
  run: (isLate: () => boolean) => Promise<T>;
  late: () => Error;
}): Promise<T> {
  let isOver = false;
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    isOver = true;
    reject(late());
  }, ms);
  try {
    return await Promise.race([run(() => isOver), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for `work` at most `ms` and says whether it was done by then. For closing, where an outage must not hold us. */
export async function settledWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  try {
    await withDeadline({ ms, run: () => work, late: () => new Error('not closed in time') });
    return true;
  } catch {
    return false;
  }
}
