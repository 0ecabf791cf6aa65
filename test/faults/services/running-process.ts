import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** A process of our own that can be killed. */
export type RunningProcess = { pid: number; ended: Promise<unknown>; stop: () => Promise<void> };

type RunningServer = RunningProcess & { hasEnded: () => boolean; kill: () => Promise<void> };

const STOP_MS = 10_000;

const ours = new Set<number>();
// However this process ends: a paused child would never notice, and servers do not look for their parent.
process.once('exit', () => {
  for (const pid of ours) signal(pid, 'SIGKILL');
});

/** Sees to it that the process does not outlive this one. */
export function endWithUs({ pid, ended }: Pick<RunningProcess, 'pid' | 'ended'>): void {
  ours.add(pid);
  void ended.then(() => ours.delete(pid));
}

/** The view on a spawned server: `signal` ends it in order. */
export function runningProcess(child: ChildProcess, signal: NodeJS.Signals): RunningServer {
  const ended = once(child, 'exit');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    ended,
    hasEnded,
    kill: async () => {
      if (hasEnded()) return;
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      if (hasEnded()) return;
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** A process and its children, as the kernel knows them: Postgres works in children that a signal to the first leaves alone. */
export async function familyOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = text.split(' ').filter(Boolean).map(Number);
  const families = await Promise.all(children.map(familyOf));
  return [pid, ...families.flat()];
}

/** Sends a signal to a process that may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
