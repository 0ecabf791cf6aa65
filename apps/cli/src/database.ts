import { databaseEnv, loadConfig } from '@avito-autoreply/config';
import { createPool, createRepositories, type Pool, type Repositories } from '@avito-autoreply/database';
import { AppError } from '@avito-autoreply/runtime';
import type { CommandContext } from './run-command.ts';
import { START_DATA_DIR } from './stack/data-folders.ts';
import { openServices } from './stack/services.ts';
import { readRunningStack } from './stack/stack-file.ts';

/** The database of one command, closed when it ends. */
export async function openDatabase({ environment, logger, signal, onEnd }: CommandContext): Promise<Pool> {
  const services = await openServices({
    environment,
    dataDir: START_DATA_DIR,
    needsQueue: false,
    logger,
    signal,
  });
  onEnd(services.stop);
  const pool = createPool({ url: services.databaseUrl, max: 4, logger });
  onEnd(() => pool.end());
  return pool;
}

/**
 * For commands that work without a database and do more with one: runs `work` where one is configured or a stack runs
 * on this machine. Undefined without one; a database that fails is only noted.
 */
export async function withKnownDatabase<T>(
  context: CommandContext,
  work: (repositories: Repositories) => Promise<T>,
): Promise<T | undefined> {
  const { DATABASE_URL: configured } = loadConfig(databaseEnv, context.environment);
  const isKnown =
    configured !== undefined || (await readRunningStack({ dataDir: START_DATA_DIR })) !== undefined;
  if (!isKnown) return undefined;
  try {
    return await work(createRepositories(await openDatabase(context)));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    context.terminal.note(`without the database: ${error.message} (${error.code})`);
    return undefined;
  }
}
