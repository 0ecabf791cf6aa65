import { randomUUID } from 'node:crypto';
import { silentLogger } from '@avito-autoreply/runtime';
import { connectQueues, type QueueBackend, type Queues } from '../connect-queues.ts';
import type { Jobs } from '../jobs.ts';
import type { HandlersFor, ProcessorOptions, Processors } from '../processors.ts';
import type { FailedJob } from '../watch-worker.ts';

const idle: HandlersFor<Jobs> = {
  takeInEvent: async () => {},
  composeReply: async () => {},
  sendReply: async () => {},
  refreshKnowledge: async () => {},
  rebuildSpaces: async () => {},
  sweep: async () => {},
  checkAccess: async () => {},
  poll: async () => {},
  purge: async () => {},
};
const concurrency = { 'webhook-events': 2, replies: 2, sends: 2, knowledge: 1, maintenance: 1 };

export type QueueFixture = {
  backend: QueueBackend;
  queues: Queues;
  /** Further connections to the same queues; closed with the fixture. */
  connect: (options?: Partial<Parameters<typeof connectQueues>[0]>) => Promise<Queues>;
  /** Starts processors with the handlers given and idle ones for the rest. */
  work: (
    handlers: Partial<HandlersFor<Jobs>>,
    options?: Partial<ProcessorOptions> & { on?: Queues },
  ) => Promise<Processors>;
  failures: FailedJob[];
};

/** Queues of their own in a shared service: runs `use` and leaves nothing behind. */
export async function withQueues(
  service: QueueBackend,
  use: (fixture: QueueFixture) => Promise<void>,
): Promise<void> {
  const backend = { ...service, prefix: `t-${randomUUID().slice(0, 8)}` };
  const opened: Queues[] = [];
  const failures: FailedJob[] = [];
  const connect: QueueFixture['connect'] = async (options = {}) => {
    const connected = await connectQueues({ backend, role: 'worker', logger: silentLogger, ...options });
    opened.push(connected);
    return connected;
  };
  const queues = await connect();
  try {
    await use({
      backend,
      queues,
      connect,
      work: (handlers, { on = queues, ...options } = {}) =>
        on.startProcessors({
          concurrency,
          onFailed: (failed) => {
            failures.push(failed);
          },
          drainMs: 2_000,
          ...options,
          handlers: { ...idle, ...handlers },
        }),
      failures,
    });
  } finally {
    await Promise.all(opened.slice(1).map((other) => other.close()));
    for (const queue of queues.boardQueues()) await queue.pause();
    await queues.close();
    const cleaner = await connectQueues({ backend, role: 'viewer', logger: silentLogger });
    for (const queue of cleaner.boardQueues()) await queue.obliterate({ force: true });
    await cleaner.close();
  }
}

/** Collects what handlers report, so that a test can await the next one instead of sleeping. */
export function createMailbox<T>(): { put: (item: T) => void; next: () => Promise<T>; all: T[] } {
  const all: T[] = [];
  const unread: T[] = [];
  const readers: Array<(item: T) => void> = [];
  return {
    all,
    put: (item) => {
      all.push(item);
      const reader = readers.shift();
      if (reader) reader(item);
      else unread.push(item);
    },
    next: () => {
      const [item] = unread.splice(0, 1);
      return item === undefined ? new Promise((resolve) => readers.push(resolve)) : Promise.resolve(item);
    },
  };
}
