import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AppError } from '@avito-autoreply/runtime';
import { compileCacheFolder } from '../compile-cache.ts';

export type AppName = 'ingest' | 'worker' | 'admin' | 'simulator';

export type RunningApp = {
  name: AppName;
  pid: number;
  port: number;
  /** Resolves with the exit code when the process ends, however it ends. */
  ended: Promise<number | null>;
  /** Ends it in order; after the deadline by force. */
  stop: () => Promise<void>;
};

type ForkOptions = {
  name: AppName;
  /** Another entry point than the app's own. */
  main?: string | undefined;
  env: Readonly<Record<string, string>>;
  /** Receives what the app logs. */
  onLog: (line: string) => void;
  /** Receives what it tells besides the port on which it listens. */
  onMessage?: ((message: unknown) => void) | undefined;
  /** Gives the start up; afterwards it means nothing. */
  signal?: AbortSignal | undefined;
};

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 30_000;
// An app that never listened has hardly begun anything that it must finish.
const GIVE_UP_TIMEOUT_MS = 3_000;
const LOG_TAIL = 20;
// Apps never import each other: what is shared is the command line of production.
const mainOf = (name: AppName): string =>
  fileURLToPath(new URL(`../../../${name}/src/main.ts`, import.meta.url));

function readListening(message: unknown): number | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if (!('type' in message) || message.type !== 'listening') return undefined;
  return 'port' in message && typeof message.port === 'number' ? message.port : undefined;
}

function stopper(
  child: ChildProcess,
  ended: Promise<number | null>,
): (within: { deadlineMs: number }) => Promise<void> {
  return async ({ deadlineMs }) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
    await ended;
    clearTimeout(timer);
  };
}

/**
 * Starts an app's own `main.ts` as a child process and waits until it listens. The child ends by itself when this
 * process is gone. Throws `stack.app-failed` with the last lines of its log when it ends before it listens, and the
 * signal's reason when that is aborted; the process has ended by then.
 */
export async function forkApp({
  name,
  main = mainOf(name),
  env,
  onLog,
  onMessage,
  signal,
}: ForkOptions): Promise<RunningApp> {
  signal?.throwIfAborted();
  const child = fork(main, {
    env: { NODE_COMPILE_CACHE: compileCacheFolder, ...env },
    // Ctrl-C reaches the whole process group; the apps are ended in order instead.
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      if (line === '') return;
      tail.push(line);
      if (tail.length > LOG_TAIL) tail.shift();
      onLog(line);
    });
  }
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null));
  const failed = (reason: string) =>
    new AppError(`${name} did not start: ${reason}${tail.length === 0 ? '' : `\n${tail.join('\n')}`}`, {
      code: 'stack.app-failed',
    });

  const { promise: listening, resolve, reject } = Promise.withResolvers<number>();
  child.on('message', (message) => {
    const port = readListening(message);
    if (port === undefined) onMessage?.(message);
    else resolve(port);
  });
  // `close` and not `exit`: only then the last words have been read.
  child.once('close', (code, killedBy) => reject(failed(killedBy ?? `exit code ${code}`)));
  const timer = setTimeout(
    () => reject(failed(`silent for ${START_TIMEOUT_MS / 1_000} s`)),
    START_TIMEOUT_MS,
  );
  const onAbort = () => reject(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const stop = stopper(child, ended);
  try {
    return {
      name,
      pid: child.pid ?? 0,
      port: await listening,
      ended,
      stop: () => stop({ deadlineMs: STOP_TIMEOUT_MS }),
    };
  } catch (error) {
    await stop({ deadlineMs: GIVE_UP_TIMEOUT_MS });
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
