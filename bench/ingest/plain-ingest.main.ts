import { createHmac, timingSafeEqual } from 'node:crypto';
import { WEBHOOK_PATH } from '@avito-autoreply/avito/webhook';
import { Queue } from '@avito-autoreply/queue/plain-bullmq';
import { runMain } from '@avito-autoreply/runtime';
import express from 'express';
import { SIGNATURE_HEADER } from './deliveries.ts';

/** The webhook as tutorials write it: Express, an HMAC over the body, one `queue.add`. */
await runMain(async () => {
  const {
    REDIS_URL: url = '',
    QUEUE_PREFIX: prefix = 'bull',
    AVITO_WEBHOOK_SECRET: secret = '',
  } = process.env;
  const queue = new Queue('replies', { connection: { url }, prefix });
  queue.on('error', () => {});
  const app = express();
  app.post(WEBHOOK_PATH, express.raw({ type: () => true }), async (request, response) => {
    const rawBody: Buffer = request.body;
    const expected = createHmac('sha256', secret).update(rawBody).digest();
    const given = Buffer.from(request.get(SIGNATURE_HEADER) ?? '', 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.status(401).json({ error: 'bad signature' });
      return;
    }
    await queue.add('reply', JSON.parse(rawBody.toString()), { attempts: 5 });
    response.json({ ok: true });
  });
  const server = app.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ type: 'listening', port: typeof address === 'object' ? address?.port : undefined });
  });
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.exit(0));
});
