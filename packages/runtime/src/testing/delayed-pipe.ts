import type { Socket } from 'node:net';

export type Pace = {
  /** When the next bytes may leave, given how many there are; milliseconds since the epoch. */
  dueAt: (bytes: number) => number;
  /** True: bytes vanish on the way, and so does the news that the other side is gone. */
  swallows: () => boolean;
};

/** Everything that `from` sends reaches `to` in order, when its time has come. Returns whether bytes were swallowed. */
export function pipeDelayed({ from, to, pace }: { from: Socket; to: Socket; pace: Pace }): {
  hasSwallowed: () => boolean;
} {
  const waiting: { dueAt: number; deliver: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let lastDueAt = 0;
  let swallowed = false;

  const flush = (): void => {
    timer = undefined;
    while ((waiting[0]?.dueAt ?? Infinity) <= Date.now()) waiting.shift()?.deliver();
    const next = waiting[0];
    if (next) timer = setTimeout(flush, Math.max(next.dueAt - Date.now(), 1));
  };
  const later = (bytes: number, deliver: () => void): void => {
    // Never before what was sent earlier: a connection keeps its order.
    lastDueAt = Math.max(pace.dueAt(bytes), lastDueAt);
    if (waiting.length === 0 && lastDueAt <= Date.now()) {
      deliver();
      return;
    }
    waiting.push({ dueAt: lastDueAt, deliver });
    timer ??= setTimeout(flush, Math.max(lastDueAt - Date.now(), 1));
  };
  const swallow = (): boolean => {
    if (!pace.swallows()) return false;
    swallowed = true;
    return true;
  };

  from.on('data', (chunk) => {
    if (swallow()) return;
    later(chunk.length, () => {
      if (to.destroyed || to.write(chunk)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
  });
  from.on('error', () => {
    if (!pace.swallows()) to.resetAndDestroy();
  });
  from.on('close', () => {
    if (swallow()) return;
    later(0, () => to.destroySoon());
  });
  to.on('close', () => {
    clearTimeout(timer);
    waiting.length = 0;
  });
  return { hasSwallowed: () => swallowed };
}
