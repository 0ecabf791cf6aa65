import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKnowledgeRepositories, createPool, type Pool } from '@avito-autoreply/database';
import { removeSources } from '@avito-autoreply/rag';
import type { Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { syncFolder } from './knowledge.ts';

export const SAMPLE_SHOP = fileURLToPath(new URL('../../../examples/sample-shop', import.meta.url));

type SampleShopOptions = {
  databaseUrl: string;
  accountId: number;
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
  const { accountId } = options;
  return withPool(options, async (pool) => {
    const report = await syncFolder({ pool, accountId, path: SAMPLE_SHOP, logger: options.logger });
    return report.added + report.updated + report.unchanged;
  });
}

/** What `up` gave an account so that there is something to ask, until its owner brings his own. */
const placeholderSchema = z.object({ accountId: z.int(), sourceKeys: z.array(z.string()) });
const placeholderIn = (dataDir: string) => join(dataDir, 'sample-shop.json');

/** As `syncSampleShop` for an account without a base; remembers that it was not the owner who brought it. */
export function bringSampleShop({
  dataDir,
  ...options
}: SampleShopOptions & { dataDir: string }): Promise<void> {
  const { accountId, logger } = options;
  return withPool(options, async (pool) => {
    const present = await createKnowledgeRepositories(pool).documents.list({ accountId });
    if (present.length > 0) return;
    const { sourceKeys } = await syncFolder({ pool, accountId, path: SAMPLE_SHOP, logger });
    const path = placeholderIn(dataDir);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify({ accountId, sourceKeys }));
  });
}

/**
 * Takes away what `bringSampleShop` brought, now that the owner has brought sources of his own: two shops in one base
 * would answer for each other. What has the key of an `own` source is his by now, as where he began with a copy of the
 * sample shop. Returns how many sources went.
 */
export async function takeSampleShopAway({
  dataDir,
  store,
  accountId,
  own,
}: {
  dataDir: string;
  store: Parameters<typeof removeSources>[0]['store'];
  accountId: number;
  own: readonly string[];
}): Promise<number> {
  const path = placeholderIn(dataDir);
  const placeholder = await readFile(path, 'utf8')
    .then((text) => placeholderSchema.parse(JSON.parse(text)))
    // Mostly there is none.
    .catch(() => undefined);
  if (placeholder?.accountId !== accountId) return 0;
  await rm(path, { force: true });
  const sourceKeys = placeholder.sourceKeys.filter((key) => !own.includes(key));
  return (await removeSources({ store }, { accountId, sourceKeys })).removed;
}
