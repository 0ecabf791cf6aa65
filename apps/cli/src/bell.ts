import { databaseEnv, loadConfig, queueEnv, requireQueueBackend } from '@avito-autoreply/config';
import { composeReply, connectQueues, type Queues, sendReply } from '@avito-autoreply/queue';
import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { CommandContext } from './run-command.ts';
import { START_DATA_DIR } from './stack/data-folders.ts';
import { readRunningStack } from './stack/stack-file.ts';

const servicesEnv = z.object({ ...databaseEnv.shape, ...queueEnv.shape });
type Chat = { accountId: number; chatId: string };
type Context = Pick<CommandContext, 'environment' | 'terminal' | 'logger' | 'onEnd'>;

const isAway = (error: unknown) =>
  error instanceof AppError && (error.code === 'config.no-queue' || error.code === 'queue.unavailable');

async function connect({ environment, logger, onEnd }: Context): Promise<Queues> {
  const running = await readRunningStack({ dataDir: START_DATA_DIR });
  const own = running && { DATABASE_URL: running.databaseUrl, ...running.queueEnv };
  const env = loadConfig(servicesEnv, { ...own, ...environment });
  const queues = await connectQueues({ backend: requireQueueBackend(env), role: 'viewer', logger });
  onEnd(queues.close);
  return queues;
}

/**
 * Tells the worker at once what a command has stored. Where the queue is away the worker's sweep finds it all the same,
 * only later, and the terminal says so.
 */
export function createBell(context: Context) {
  let queues: Promise<Queues> | undefined;
  const ring = async (enqueue: (connected: Queues) => Promise<unknown>): Promise<void> => {
    try {
      queues ??= connect(context);
      await enqueue(await queues);
    } catch (error) {
      if (!isAway(error)) throw error;
      context.terminal.note(
        'The queue cannot be reached from here: the worker finds it within some minutes.',
      );
    }
  };
  return {
    compose: (payload: Chat & { turn: number }) => ring((each) => each.enqueue(composeReply, payload)),
    send: (payload: Chat & { replyId: string }) => ring((each) => each.enqueue(sendReply, payload)),
  };
}
