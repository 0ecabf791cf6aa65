import { AppError, createLogger, runMain } from '@avito-autoreply/runtime';
import { migrate } from './migrate.ts';

const url = process.env['DATABASE_URL']?.trim();
const logger = createLogger({ service: 'migrate', format: process.stderr.isTTY ? 'pretty' : 'json' });

await runMain(async () => {
  if (!url) {
    throw new AppError(
      'DATABASE_URL is not set: give it the address of the database to migrate, e.g. postgres://user:password@host:5432/autoreply',
      { code: 'config.no-database' },
    );
  }
  await migrate({ url, logger });
});
