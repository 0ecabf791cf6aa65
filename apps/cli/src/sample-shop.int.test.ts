import { randomInt } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKnowledgeRepositories, createPool } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { syncFolder } from './knowledge.ts';
import { bringSampleShop, SAMPLE_SHOP, takeSampleShopAway } from './sample-shop.ts';
import { DELIVERY, makeShopFolder } from './testing/shop-folder.ts';

/** An account with the sample shop as `up` brings it. */
async function setUp() {
  const dataDir = await mkdtemp(join(tmpdir(), 'sample-shop-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const databaseUrl = inject('databaseUrl');
  const accountId = randomInt(1_000_000_000, 9_000_000_000);
  await bringSampleShop({ dataDir, databaseUrl, accountId, logger: silentLogger });
  const pool = createPool({ url: databaseUrl, max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  const store = createKnowledgeRepositories(pool);
  const keys = async () => (await store.documents.list({ accountId })).map(({ sourceKey }) => sourceKey);
  /** As `kb sync` does. */
  const bring = async (path: string) => {
    const { sourceKeys: own } = await syncFolder({ pool, accountId, path, logger: silentLogger });
    return takeSampleShopAway({ dataDir, store, accountId, own });
  };
  return { bring, keys, dataDir };
}

test('the sample shop gives way to the first own sources, once', async () => {
  const { bring, keys } = await setUp();
  expect(await keys()).toHaveLength(5);
  expect(await bring(await makeShopFolder({ 'delivery.md': DELIVERY }))).toBe(5);
  expect(await keys()).toEqual(['shop/delivery.md']);
  expect(await bring(SAMPLE_SHOP)).toBe(0);
  expect(await keys()).toHaveLength(6);
});

test('who begins with a copy of the sample shop keeps all of it, whatever he has changed', async () => {
  const { bring, keys, dataDir } = await setUp();
  const copy = join(dataDir, 'sample-shop');
  await cp(SAMPLE_SHOP, copy, { recursive: true });
  expect(await bring(copy)).toBe(0);
  expect(await keys()).toHaveLength(5);
});

test('of the sample shop stays what an own file has taken the place of', async () => {
  const { bring, keys } = await setUp();
  expect(await bring(join(SAMPLE_SHOP, 'o-magazine.md'))).toBe(4);
  expect(await keys()).toEqual(['sample-shop/o-magazine.md']);
});
