import { flushCompileCache } from 'node:module';
import { AppError, errorMessage } from './errors.ts';
import { isProcessEnding } from './process-signals.ts';

/**
 * Runs the composition root of a `main.ts`. A start that fails prints one readable message, without a stack when the
 * error is one of ours, and ends the process with exit code 1.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
    // Node would do it at the exit only, and a process that is killed has none. Nothing where NODE_COMPILE_CACHE is not set.
    flushCompileCache();
  } catch (error) {
    // A start that was interrupted fails over connections that are closing; the shutdown ends the process.
    if (isProcessEnding()) return;
    if (error instanceof AppError) {
      process.stderr.write(`${error.code}: ${errorMessage(error)}\n`);
    } else {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    }
    process.exit(1);
  }
}
