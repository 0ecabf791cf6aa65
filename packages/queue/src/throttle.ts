import { type Clock, systemClock } from '@avito-autoreply/runtime';

/** Says whether a thing may be said again: each key at most once per interval. */
export function createThrottle({
  intervalMs,
  clock = systemClock,
}: {
  intervalMs: number;
  clock?: Clock;
}): (key: string) => boolean {
  const lastSaid = new Map<string, number>();
  return (key) => {
    const now = clock.now();
    for (const [said, at] of lastSaid) if (now - at >= intervalMs) lastSaid.delete(said);
    if (lastSaid.has(key)) return false;
    lastSaid.set(key, now);
    return true;
  };
}
