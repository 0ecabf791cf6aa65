import { createPool, type Pool } from '@avito-autoreply/database';
import type { CommandContext } from './run-command.ts';
import { START_DATA_DIR } from './stack/data-folders.ts';
import { openServices } from './stack/services.ts';

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
