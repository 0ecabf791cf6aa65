import { createKnowledgeRepositories, createPool, migrate } from '@avito-autoreply/database';
import { startEmbedded } from '@avito-autoreply/embedded';
import {
  createRag,
  loadSources,
  type WeighedQuestion,
  type WeighedShop,
  weighQuestion,
  withScratchBase,
} from '@avito-autoreply/rag';
import { silentLogger as logger } from '@avito-autoreply/runtime';
import type { Shop } from './find-shops.ts';

/** Each shop's questions against its own base, by words alone, in an embedded database that ends with the run. */
export async function weighShops(
  shops: readonly Shop[],
): Promise<{ weighed: WeighedShop[]; leftOut: number }> {
  const { databaseUrl: url, stop } = await startEmbedded({ redis: 'never', logger });
  const pool = createPool({ url, max: 2, logger });
  try {
    await migrate({ url, logger });
    const store = createKnowledgeRepositories(pool);
    const rag = await createRag({ pool, model: undefined, logger });
    const weighed: WeighedShop[] = [];
    for (const { name, folder, questions } of shops) {
      const { sources } = await loadSources({ path: folder });
      const ofShop = await withScratchBase({ store }, { sources }, async ({ accountId }) => {
        const results: WeighedQuestion[] = [];
        for (const question of questions) {
          const result = await weighQuestion(rag, { accountId, question });
          if (result !== undefined) results.push(result);
        }
        return results;
      });
      weighed.push({ name, questions: ofShop });
    }
    const asked = shops.flatMap(({ questions }) => questions).length;
    return { weighed, leftOut: asked - weighed.flatMap(({ questions }) => questions).length };
  } finally {
    await pool.end();
    await stop();
  }
}
