import { databaseEnv, loadConfig, queueEnv, requireQueueBackend } from '@avito-autoreply/config';
import { connectQueues, type Queues } from '@avito-autoreply/queue';
import { z } from 'zod';
import type { CommandContext } from './run-command.ts';
import { START_DATA_DIR } from './stack/data-folders.ts';
import { readRunningStack } from './stack/stack-file.ts';

const servicesEnv = z.object({ ...databaseEnv.shape, ...queueEnv.shape });

/** The queues of one command: those of the environment, else those of the stack that runs here. Closed when it ends. */
export async function openQueues({
  environment,
  logger,
  onEnd,
}: Pick<CommandContext, 'environment' | 'logger' | 'onEnd'>): Promise<Queues> {
  const running = await readRunningStack({ dataDir: START_DATA_DIR });
  const env = loadConfig(servicesEnv, {
    ...running?.queueEnv,
    ...(running === undefined ? {} : { DATABASE_URL: running.databaseUrl }),
    ...definedIn(environment),
  });
  const queues = await connectQueues({ backend: requireQueueBackend(env), role: 'viewer', logger });
  onEnd(queues.close);
  return queues;
}

const definedIn = (environment: CommandContext['environment']) =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
