import type { Environment } from '@avito-autoreply/config';
import { AppError, createLogger, errorCode, errorMessage, type Logger } from '@avito-autoreply/runtime';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { createTerminal, type Output, type Terminal } from './output/terminal.ts';

export type CommandContext = {
  environment: Environment;
  terminal: Terminal;
  /** Warnings and errors only, on standard error. */
  logger: Logger;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Runs when the command ends, the last registered first; also after an error or Ctrl-C. */
  onEnd: (close: () => Promise<unknown>) => void;
};

export type Command = (context: CommandContext) => Promise<ExitCode>;

type RunOptions = {
  environment: Environment;
  isJson: boolean;
  command: Command;
  output: Output;
};

// SIGHUP: the window was closed. A second signal of a kind ends the process at once, and its children with it.
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const textOf = (error: unknown): string =>
  error instanceof AppError
    ? `${error.code}: ${error.message}`
    : // Expected by nobody: whoever reports it needs the place.
      `internal.unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;

/** Runs a command: prints its error in the form that was asked for, and closes what it opened. */
export async function runCommand({ environment, isJson, command, output }: RunOptions): Promise<ExitCode> {
  const terminal = createTerminal({ ...output, isJson });
  const closers: (() => Promise<unknown>)[] = [];
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort(new AppError('interrupted', { code: 'cli.interrupted' }));
  for (const name of SIGNALS) process.once(name, onInterrupt);

  const fail = (thrown: unknown): ExitCode => {
    // Whatever broke because of the interruption is not worth a word of its own.
    const error: unknown = interrupt.signal.aborted ? interrupt.signal.reason : thrown;
    terminal.json({ error: { code: errorCode(error), message: errorMessage(error) } });
    terminal.note(textOf(error));
    return exitCodeOf(error);
  };
  const closeAll = async (): Promise<boolean> => {
    let isClean = true;
    for (const close of closers.toReversed()) {
      try {
        await close();
      } catch (error) {
        isClean = false;
        terminal.note(`while closing: ${textOf(error)}`);
      }
    }
    return isClean;
  };

  let exitCode: ExitCode;
  try {
    exitCode = await command({
      environment,
      terminal,
      logger: createLogger({ service: 'cli', level: 'warn', format: 'pretty', destination: output.stderr }),
      signal: interrupt.signal,
      onEnd: (close) => void closers.push(close),
    });
  } catch (error) {
    exitCode = fail(error);
  }
  const isClean = await closeAll();
  for (const name of SIGNALS) process.off(name, onInterrupt);
  return exitCode === 0 && !isClean ? 1 : exitCode;
}
