import { migrate } from '@avito-autoreply/database';
import { createScratchDatabase, provideTestServices } from '@avito-autoreply/embedded/testing';
import { migrateQueueSchema } from '@avito-autoreply/queue';
import { silentLogger } from '@avito-autoreply/runtime';
import type { TestProject } from 'vitest/node';

/**
 * The services of the projects `int` and `e2e`: those that the configuration names, else embedded ones. On a server
 * that was named the tests work in a database of their own, which is dropped at the end: it may be somebody's real one.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { databaseUrl, redisUrl, queue } = project.getProvidedContext().namedServices;
  const scratch = databaseUrl === undefined ? undefined : await createScratchDatabase({ databaseUrl });
  const stop = await provideTestServices({
    project,
    databaseUrl: scratch?.databaseUrl,
    redisUrl,
    queue,
    migrate: async (url) => {
      await migrate({ url, logger: silentLogger });
      await migrateQueueSchema({ url });
    },
  });
  return async () => {
    await stop();
    await scratch?.drop();
  };
}
