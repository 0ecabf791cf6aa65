import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromTarget, TargetReport } from './target.main.ts';

/** Starts ingest as a process of its own and asks it how it is. */
export async function startTarget() {
  const child = fork(fileURLToPath(new URL('target.main.ts', import.meta.url)));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  // Our own child: what it sends is of its own making.
  const next = async (): Promise<FromTarget> => {
    const [message] = (await once(child, 'message')) as [FromTarget];
    return message;
  };
  const first = await next();
  return {
    ports: first.type === 'listening' ? first.ports : {},
    /** Null when it has ended, however. */
    report: async (): Promise<TargetReport | null> => {
      if (isOver()) return null;
      const answer = next();
      child.send('report');
      const report = await answer;
      return report.type === 'report' ? report : null;
    },
    stop: async (): Promise<void> => {
      if (isOver()) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
