import { composeReply, type Queues, sendReply } from '@avito-autoreply/queue';
import { AppError } from '@avito-autoreply/runtime';
import { openQueues } from './queues.ts';
import type { CommandContext } from './run-command.ts';

type Chat = { accountId: number; chatId: string };
type Context = Pick<CommandContext, 'environment' | 'terminal' | 'logger' | 'onEnd'>;

const isAway = (error: unknown) =>
  error instanceof AppError && (error.code === 'config.no-queue' || error.code === 'queue.unavailable');

/**
 * Tells the worker at once what a command has stored. Where the queue is away the worker's sweep finds it all the same,
 * only later, and the terminal says so.
 */
export function createBell(context: Context) {
  let queues: Promise<Queues> | undefined;
  const ring = async (enqueue: (connected: Queues) => Promise<unknown>): Promise<void> => {
    try {
      queues ??= openQueues(context);
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
