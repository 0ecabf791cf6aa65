import { createServer } from 'node:http';
import { runMain } from '@avito-autoreply/runtime';
import { Queue } from '@avito-autoreply/queue/plain-bullmq';

/** The webhook as many write it: read the event, add a job, answer 200. */
await runMain(async () => {
  const { REDIS_URL: url = '', QUEUE_PREFIX: prefix = 'bull', INGEST_PORT: port = '0' } = process.env;
  const queue = new Queue('replies', { connection: { url }, prefix });
  queue.on('error', () => {});
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const event: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
      queue
        .add('reply', event, { attempts: 5, backoff: { type: 'exponential', delay: 1_000 } })
        .then(() => response.writeHead(200).end('{}'))
        .catch(() => response.writeHead(500).end('{}'));
    });
  });
  server.listen(Number(port), '127.0.0.1', () => process.send?.({ type: 'listening', port: Number(port) }));
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.exit(0));
});
