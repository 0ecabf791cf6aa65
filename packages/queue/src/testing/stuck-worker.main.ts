import { silentLogger } from '@avito-autoreply/runtime';
import { connectQueues, type QueueBackend } from '../index.ts';

// A worker process that takes a job and never ends it, for tests that kill it. Takes the backend as its argument and
// prints a line as soon as it has a job in hand. Ends with its parent, whose end closes the pipe.
process.stdin.on('end', () => process.exit()).resume();
const backend = JSON.parse(process.argv[2] ?? '') as QueueBackend;
const queues = await connectQueues({ backend, role: 'worker', logger: silentLogger });
const never = async (): Promise<void> => {
  process.stdout.write('taken\n');
  await new Promise(() => {});
};
await queues.startProcessors({
  handlers: {
    takeInEvent: never,
    composeReply: never,
    sendReply: never,
    sweep: never,
    checkAccess: never,
    poll: never,
    purge: never,
    refreshKnowledge: never,
    rebuildSpaces: never,
  },
  concurrency: { 'webhook-events': 1, replies: 1, sends: 1, knowledge: 1, maintenance: 1 },
});
