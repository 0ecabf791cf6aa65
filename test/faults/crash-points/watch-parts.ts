import type { WorkerParts } from '../../../apps/worker/src/start-worker.ts';
import { type Checkpoint, watchCalls } from './watch-calls.ts';

// Upkeep: it runs by the clock, so it has no place in the order of one message's steps.
const UPKEEP = new Set(['sweep', 'figures', 'events']);

const jobName = (args: unknown[]): string => {
  const [definition] = args;
  return typeof definition === 'object' && definition !== null && 'name' in definition
    ? String(definition.name)
    : '';
};

/** The worker's parts with a checkpoint around every step of the reply and send machines. New steps are covered by themselves. */
export function watchParts(parts: WorkerParts, checkpoint: Checkpoint): WorkerParts {
  const { repositories, queues, clients, rag } = parts;
  const watched = Object.entries(repositories).map(([name, repository]) => [
    name,
    UPKEEP.has(name) ? repository : watchCalls(repository, { name, checkpoint }),
  ]);
  const { enqueue } = watchCalls(
    { enqueue: queues.enqueue },
    { name: (method, args) => `queues.${method} ${jobName(args)}`, checkpoint },
  );
  return {
    ...parts,
    repositories: Object.fromEntries(watched) as typeof repositories,
    queues: { ...queues, enqueue },
    clients: {
      ...clients,
      clientOf: (accountId) => watchCalls(clients.clientOf(accountId), { name: 'avito', checkpoint }),
    },
    rag: { ...rag, engine: watchCalls(rag.engine, { name: 'engine', checkpoint }) },
  };
}
