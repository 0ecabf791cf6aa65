import { createAvitoClient } from '@avito-autoreply/avito';
import { createPool } from '@avito-autoreply/database';
import { createRag } from '@avito-autoreply/rag';
import { runMain, silentLogger } from '@avito-autoreply/runtime';
import { Worker } from '@avito-autoreply/queue/plain-bullmq';
import { parseWebhookEvent } from '@avito-autoreply/avito/webhook';
import { loadWorkerConfig } from '../../../apps/worker/src/worker.config.ts';

/**
 * The worker as many write it: one job per message, in which the answer is generated and posted. BullMQ's defaults, and
 * a retry of what threw. The same answer engine and the same client of Avito as ours, so that only the pattern differs.
 */
await runMain(async () => {
  const config = await loadWorkerConfig(process.env);
  const pool = createPool({ url: config.databaseUrl, max: 10, logger: silentLogger });
  const { engine } = await createRag({ pool, model: config.model, logger: silentLogger });
  const clients = new Map(
    config.accounts.map((account) => [
      account.userId,
      createAvitoClient({ baseUrl: config.avitoBaseUrl, credentials: account }),
    ]),
  );
  const worker = new Worker(
    'replies',
    async ({ data }) => {
      const parsed = parseWebhookEvent(data);
      if (parsed.kind !== 'message') return;
      const { accountId, chatId, authorId, text } = parsed.event;
      if (authorId === accountId || text === null) return;
      const answer = await engine.generateAnswer({ accountId, question: text });
      for (let rest = answer.text; rest !== ''; rest = rest.slice(1_000)) {
        const sent = await clients
          .get(accountId)
          ?.sendText({ userId: accountId, chatId, text: rest.slice(0, 1_000) });
        if (sent?.outcome !== 'sent') throw new Error('not sent', { cause: sent?.error });
      }
    },
    {
      connection: { url: config.backend.url, maxRetriesPerRequest: null },
      prefix: config.backend.prefix,
      concurrency: 10,
    },
  );
  worker.on('error', () => {});
  await worker.waitUntilReady();
  process.send?.({ type: 'listening', port: 0 });
  process.once('SIGTERM', () => void worker.close().then(() => process.exit(0)));
  process.once('disconnect', () => process.exit(0));
});
