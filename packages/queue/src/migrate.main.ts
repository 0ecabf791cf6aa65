import { runMain } from '@avito-autoreply/runtime';
import { migrateQueueSchema } from './postgres-backend.ts';

// Second half of `npm run db:migrate`: only an installation that keeps its queue in Postgres has anything to do here.
await runMain(async () => {
  const { DATABASE_URL: url, QUEUE_BACKEND: backend } = process.env;
  if (backend !== 'postgres' || !url) return;
  await migrateQueueSchema({ url });
});
