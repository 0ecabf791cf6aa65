import { sleep } from '@avito-autoreply/runtime';
import { endWithUs, familyOf, type RunningProcess, signal } from '../services/running-process.ts';

const RETRY_MS = 300;

/** Keeps one process running, as an orchestrator does, while others kill and pause it. */
export function supervise(start: () => Promise<RunningProcess>) {
  let running: RunningProcess | undefined;
  const stopping = new AbortController();
  let downMs: number | undefined;
  const counts = { kills: 0, pauses: 0, endedByItself: 0, failedStarts: 0 };
  let up = Promise.withResolvers<void>();

  const keepRunning = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        running = await start();
        endWithUs(running);
      } catch {
        counts.failedStarts += 1;
        await sleep(RETRY_MS);
        continue;
      }
      up.resolve();
      await running.ended;
      running = undefined;
      up = Promise.withResolvers<void>();
      if (!stopping.signal.aborted && downMs === undefined) counts.endedByItself += 1;
      await sleep(downMs ?? RETRY_MS);
      downMs = undefined;
    }
  };
  const kept = keepRunning();

  return {
    counts,
    /** Resolves as soon as it runs; at once if it does. */
    whenUp: (): Promise<void> => up.promise,
    /** kill -9, unless it is down; it comes back after so long. */
    kill: (forMs: number): void => {
      if (!running) return;
      counts.kills += 1;
      downMs = forMs;
      signal(running.pid, 'SIGKILL');
    },
    /** Stands still for so long, with all its children. */
    pause: async (forMs: number): Promise<void> => {
      if (!running) return;
      counts.pauses += 1;
      const family = await familyOf(running.pid);
      for (const pid of family) signal(pid, 'SIGSTOP');
      await sleep(forMs);
      for (const pid of family) signal(pid, 'SIGCONT');
    },
    stop: async (): Promise<void> => {
      stopping.abort();
      await running?.stop();
      await kept;
    },
  };
}

export type Supervised = ReturnType<typeof supervise>;
