import { databaseEnv, loadConfig, queueEnv, requireQueueBackend } from '@avito-autoreply/config';
import { connectQueues, type Queues } from '@avito-autoreply/queue';
import { z } from 'zod';
import type { CommandContext } from './run-command.ts';
import { START_DATA_DIR } from './stack/data-folders.ts';
import { readMeantStack } from './stack/stack-file.ts';

const servicesEnv = z.object({ ...databaseEnv.shape, ...queueEnv.shape });

/**
 * The queues of one command: those of the environment, else those of the stack that runs here. Who names a database means
 * that one, so a stack on another database lends no queue: it would work on ids that it does not have. Closed when the
 * command ends.
 */
export async function openQueues(
  { environment, logger, onEnd }: Pick<CommandContext, 'environment' | 'logger' | 'onEnd'>,
  { dataDir = START_DATA_DIR }: { dataDir?: string } = {},
): Promise<Queues> {
  const running = await readMeantStack({ dataDir, environment });
  const env = loadConfig(servicesEnv, {
    ...(running === undefined ? {} : { ...running.queueEnv, DATABASE_URL: running.databaseUrl }),
    ...definedIn(environment),
  });
  const queues = await connectQueues({ backend: requireQueueBackend(env), role: 'viewer', logger });
  onEnd(queues.close);
  return queues;
}

const definedIn = (environment: CommandContext['environment']) =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
