import type { Lifecycle } from './lifecycle.ts';
import type { Logger } from './logger.ts';

let isEnding = false;

/** True once a signal, the parent's end or an uncaught error has begun to end this process. */
export const isProcessEnding = (): boolean => isEnding;

/**
 * Ends the process in order on SIGTERM, SIGINT, when the parent that forked it is gone (its IPC channel closes), or
 * on an error that nobody caught. Call it once, in `main.ts`.
 */
export function listenToProcess({ lifecycle, logger }: { lifecycle: Lifecycle; logger: Logger }): void {
  const end = async (reason: string, exitCode: number): Promise<void> => {
    isEnding = true;
    const { clean } = await lifecycle.shutdown(reason);
    process.exit(clean ? exitCode : 1);
  };
  process.once('SIGTERM', () => void end('SIGTERM', 0));
  process.once('SIGINT', () => void end('SIGINT', 0));
  if (process.channel) process.once('disconnect', () => void end('the parent process is gone', 0));
  process.once('uncaughtException', (error) => {
    logger.error('uncaught error, shutting down', { error });
    void end('uncaught error', 1);
  });
}
