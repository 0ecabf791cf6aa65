import type { TestAccount } from './account.ts';

export type Addresses = {
  databaseUrl: string;
  /** Undefined: the queue lives in the database. */
  redisUrl: string | undefined;
  avitoUrl: string;
};

/** Where jobs of one account's world live, apart from those of others. */
export const queueEnv = (
  { databaseUrl, redisUrl }: Pick<Addresses, 'databaseUrl' | 'redisUrl'>,
  prefix: string,
): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  ...(redisUrl === undefined ? { QUEUE_BACKEND: 'postgres' } : { REDIS_URL: redisUrl }),
  QUEUE_PREFIX: prefix,
});

/** The environment of a worker's own main.ts, as an installation would set it. */
export const workerEnv = ({
  addresses,
  account,
  prefix,
}: {
  addresses: Addresses;
  account: TestAccount;
  prefix: string;
}): Record<string, string> => ({
  ...queueEnv(addresses, prefix),
  AVITO_API_BASE_URL: addresses.avitoUrl,
  AVITO_CLIENT_ID: account.clientId,
  AVITO_CLIENT_SECRET: account.clientSecret,
  AVITO_USER_ID: String(account.userId),
  WORKER_PORT: '0',
  LOG_LEVEL: 'warn',
});
