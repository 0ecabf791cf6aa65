import { ConfigError } from '@avito-autoreply/config';
import { AppError, createLogger, type Logger } from '@avito-autoreply/runtime';
import type { Environment } from '@avito-autoreply/config';
import { createTerminal, type Terminal } from './output/terminal.ts';

/** 0: done. 1: it failed, or there is something to mend. 2: the command was called the wrong way. */
export type ExitCode = 0 | 1 | 2;

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

type RunOptions = { environment: Environment; isJson: boolean; command: Command };

/** Runs a command: prints its error in the form that was asked for, and closes what it opened. */
export async function runCommand({ environment, isJson, command }: RunOptions): Promise<ExitCode> {
  const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, isJson });
  const closers: (() => Promise<unknown>)[] = [];
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort(new AppError('interrupted', { code: 'cli.interrupted' }));
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  try {
    return await command({
      environment,
      terminal,
      logger: createLogger({ service: 'cli', level: 'warn', format: 'pretty' }),
      signal: interrupt.signal,
      onEnd: (close) => void closers.push(close),
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    terminal.json({ error: { code: error.code, message: error.message } });
    terminal.note(`${error.code}: ${error.message}`);
    return error instanceof ConfigError ? 2 : 1;
  } finally {
    for (const close of closers.toReversed()) await close();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}
