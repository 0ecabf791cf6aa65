import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const listening = z.object({ type: z.literal('listening'), ports: z.record(z.string(), z.number()) });
const report = z.object({ type: z.literal('report'), enqueued: z.number(), rss: z.number() });

/** Starts ingest as a process of its own and asks it how it is. */
export async function startTarget() {
  const child = fork(fileURLToPath(new URL('target.main.ts', import.meta.url)));
  const next = async (): Promise<unknown> => {
    const [message]: unknown[] = await once(child, 'message');
    return message;
  };
  const { ports } = listening.parse(await next());
  return {
    ports,
    /** Null when it has ended, however. */
    report: async (): Promise<z.output<typeof report> | null> => {
      if (child.exitCode !== null || child.signalCode !== null) return null;
      const answer = next();
      child.send('report');
      return report.parse(await answer);
    },
    stop: async (): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
