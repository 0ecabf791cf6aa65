import { type Environment, loadConfig, modelConfig, openaiEnv } from '@avito-autoreply/config';
import { createKnowledgeRepositories, createPool, type Pool } from '@avito-autoreply/database';
import {
  createRag,
  loadSources,
  type ModelOptions,
  type SyncProgress,
  type SyncReport,
  syncKnowledge,
} from '@avito-autoreply/rag';
import type { Logger } from '@avito-autoreply/runtime';
import type { CommandContext } from './run-command.ts';
import { START_DATA_DIR } from './stack/data-folders.ts';
import { openServices } from './stack/services.ts';

const modelOf = (environment: Environment): ModelOptions | undefined =>
  modelConfig(loadConfig(openaiEnv, environment));

/** Database, retriever and answer engine for one command; closed when it ends. */
export async function openKnowledge({ environment, logger, signal, onEnd }: CommandContext) {
  const services = await openServices({
    environment,
    dataDir: START_DATA_DIR,
    needsQueue: false,
    logger,
    signal,
  });
  onEnd(services.stop);
  const pool = createPool({ url: services.databaseUrl, max: 4, logger });
  onEnd(() => pool.end());
  const model = modelOf(environment);
  return { pool, model, store: createKnowledgeRepositories(pool), rag: createRag({ pool, model, logger }) };
}

type SyncFolder = {
  pool: Pool;
  accountId: number;
  /** A file, or a folder with everything below it. */
  path: string;
  /** For vectors; without one the base is searched by words. */
  model?: ModelOptions | undefined;
  logger: Logger;
  onProgress?: (progress: SyncProgress) => void;
  signal?: AbortSignal;
};

/** Brings an account's knowledge base in line with a file or folder. */
export async function syncFolder({
  pool,
  accountId,
  path,
  model,
  logger,
  onProgress,
  signal,
}: SyncFolder): Promise<SyncReport & { skipped: string[] }> {
  const { sources, failed, skipped, keyPrefix } = await loadSources({ path });
  const { embedder } = createRag({ pool, model, logger });
  const report = await syncKnowledge(
    { store: createKnowledgeRepositories(pool), embedder },
    { accountId, sources, failed, keyPrefix, onProgress, signal },
  );
  return { ...report, skipped };
}
