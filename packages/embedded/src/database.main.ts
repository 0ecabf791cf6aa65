import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, errorMessage } from '@avito-autoreply/runtime';
import type { DatabaseChildOptions } from './child-messages.ts';
import { serveParent } from './child-side.ts';
import { acquireFolderLock } from './folder-lock.ts';
import { openDatabase } from './postgres/open-database.ts';
import { watchForOrphanhood } from './postgres/orphan-watch.ts';
import { startWireServer } from './wire/wire-server.ts';

watchForOrphanhood({ graceMs: 3_000 });
await serveParent<DatabaseChildOptions>({
  start: async ({ options: { dataDir, password, idleTransactionMs }, fail }) => {
    const lock = dataDir === undefined ? undefined : lockFolder(dataDir);
    const database = await openDatabase({ dataDir });
    const server = await startWireServer({
      host: '127.0.0.1',
      execute: database.execute,
      password,
      idleTransactionMs,
      onSessionLost: (cause) =>
        fail(
          new AppError(`the embedded database broke down: ${errorMessage(cause)}`, {
            code: 'embedded.broken',
            cause,
          }),
        ),
    });
    return {
      port: server.port,
      stop: async () => {
        await server.close();
        await database.close();
        lock?.release();
      },
    };
  },
});

function lockFolder(folder: string): ReturnType<typeof acquireFolderLock> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return acquireFolderLock({ file: join(folder, 'postgres.lock') });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(`cannot write to the data folder ${folder}: ${errorMessage(cause)}`, {
      code: 'embedded.data-folder',
      cause,
    });
  }
}
