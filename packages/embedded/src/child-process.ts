import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError, type Logger } from '@avito-autoreply/runtime';
import type { ChildReport, ParentOrder } from './child-messages.ts';

export type Child = {
  port: number;
  /** Asks it to stop and resolves when it has; after the deadline it is killed. */
  stop: () => Promise<void>;
};

type StartChildOptions<Options> = {
  name: string;
  entry: URL;
  /** Fit for JSON. */
  options: Options;
  logger: Logger;
  startDeadlineMs: number;
  stopDeadlineMs: number;
  /** It ended without being asked to. */
  onLost: (error: AppError) => void;
};

// Enough for a stack or the end of a server's log.
const TAIL_CHARACTERS = 2_000;

/**
 * Starts one of our child processes and waits until it serves.
 * Throws the AppError that the child reports, or `embedded.start-failed` / `embedded.start-timeout`.
 */
export async function startChild<Options>({
  name,
  entry,
  options,
  logger,
  startDeadlineMs,
  stopDeadlineMs,
  onLost,
}: StartChildOptions<Options>): Promise<Child> {
  const child = fork(fileURLToPath(entry), {
    // Ctrl-C reaches the whole process group; the services must outlast what their users still have in hand.
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const tail = collectTail(child);
  const started = Promise.withResolvers<number>();
  const exited = Promise.withResolvers<void>();
  let phase: 'starting' | 'serving' | 'stopping' = 'starting';
  let reported: AppError | undefined;

  const failure = (what: string, code: string): AppError =>
    reported ?? new AppError(`${name} ${what}. ${tail()}`.trim(), { code });

  const onEnd = (end: string): void => {
    if (phase === 'starting')
      started.reject(failure(`ended during its start (${end})`, 'embedded.start-failed'));
    if (phase === 'serving') {
      const error = failure(`ended by itself (${end})`, 'embedded.lost');
      logger.error('an embedded service is gone', { name, error });
      onLost(error);
    }
    exited.resolve();
  };

  child.once('exit', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  child.once('error', (error) => onEnd(error.message));
  child.on('message', (report: ChildReport) => {
    if (report.kind === 'ready') started.resolve(report.port);
    else reported = new AppError(report.message, { code: report.code });
  });
  const tell = (order: ParentOrder<Options>): void => {
    // A child that is gone already has told so by its end.
    if (child.connected) child.send(order, () => {});
  };
  tell({ kind: 'start', options });
  const startDeadline = setTimeout(() => {
    started.reject(failure(`did not start within ${startDeadlineMs / 1000} s`, 'embedded.start-timeout'));
    child.kill('SIGKILL');
  }, startDeadlineMs);

  const port = await started.promise.finally(() => clearTimeout(startDeadline));
  phase = 'serving';

  return {
    port,
    stop: async () => {
      phase = 'stopping';
      tell({ kind: 'stop' });
      const stopDeadline = setTimeout(() => {
        logger.warn('an embedded service did not stop in time and was killed', { name });
        child.kill('SIGKILL');
      }, stopDeadlineMs);
      await exited.promise;
      clearTimeout(stopDeadline);
    },
  };
}

/** The last characters that the child wrote. */
function collectTail(child: ChildProcess): () => string {
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-TAIL_CHARACTERS);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text.trim();
}
