/**
 * One signal for "took too long" and "cancelled by the caller", which remembers which of them it was. The time counts
 * from now to the last byte of the answer: a server that trickles is cut off too.
 */
export function startDeadline({ timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal | undefined }) {
  const controller = new AbortController();
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    controller.abort();
  }, timeoutMs);
  const cancel = () => controller.abort();
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });

  return {
    signal: controller.signal,
    isTimedOut: () => isTimedOut,
    isCancelled: () => controller.signal.aborted && !isTimedOut,
    release: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
}
