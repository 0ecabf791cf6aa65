import { fileURLToPath } from 'node:url';
import { createKnowledgeRepositories, createPool, type Pool } from '@avito-autoreply/database';
import type { Logger } from '@avito-autoreply/runtime';
import { syncFolder } from './knowledge.ts';

export const SAMPLE_SHOP = fileURLToPath(new URL('../../../examples/sample-shop', import.meta.url));

type SampleShopOptions = {
  databaseUrl: string;
  accountId: number;
  /** Leaves an account alone that has a knowledge base. */
  onlyWhenEmpty?: boolean;
  logger: Logger;
};

async function withPool<T>(
  { databaseUrl, logger }: SampleShopOptions,
  run: (pool: Pool) => Promise<T>,
): Promise<T> {
  const pool = createPool({ url: databaseUrl, max: 2, logger });
  try {
    return await run(pool);
  } finally {
    await pool.end();
  }
}

/** Gives an account the knowledge base of the sample shop, without vectors. Returns how many sources it has. */
export function syncSampleShop(options: SampleShopOptions): Promise<number> {
  const { accountId, onlyWhenEmpty = false } = options;
  return withPool(options, async (pool) => {
    const present = (await createKnowledgeRepositories(pool).documents.list({ accountId })).length;
    if (onlyWhenEmpty && present > 0) return present;
    const report = await syncFolder({ pool, accountId, path: SAMPLE_SHOP, logger: options.logger });
    return report.added + report.updated + report.unchanged;
  });
}
