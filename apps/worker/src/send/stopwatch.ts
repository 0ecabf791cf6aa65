/**
 * Milliseconds since now, by whichever clock says more: the monotonic one does not count while the machine is
 * suspended, and the wall clock may be set back.
 */
export function startStopwatch(): () => number {
  const startedAt = performance.now();
  const startedOn = Date.now();
  return () => Math.max(performance.now() - startedAt, Date.now() - startedOn);
}
