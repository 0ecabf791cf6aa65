import {
  type Environment,
  loadConfig,
  loadPrices,
  modelConfig,
  openaiEnv,
  rerankConfig,
  rerankEnv,
} from '@avito-autoreply/config';
import { createKnowledgeRepositories, createRepositories, type Pool } from '@avito-autoreply/database';
import {
  createRag,
  createStoredSettings,
  loadSources,
  type ModelOptions,
  type SourceFailure,
  type SyncProgress,
  type SyncReport,
  syncKnowledge,
} from '@avito-autoreply/rag';
import type { Logger } from '@avito-autoreply/runtime';
import { openDatabase } from './database.ts';
import type { CommandContext } from './run-command.ts';

const modelOf = (environment: Environment): ModelOptions | undefined =>
  modelConfig(loadConfig(openaiEnv, environment));

/** Database, retriever and answer engine for one command; closed when it ends. */
export async function openKnowledge(context: CommandContext) {
  const { environment, logger } = context;
  const pool = await openDatabase(context);
  const model = modelOf(environment);
  const prices = await loadPrices(loadConfig(openaiEnv, environment).OPENAI_PRICES_FILE);
  const repositories = createRepositories(pool);
  const store = createKnowledgeRepositories(pool);
  const rerank = rerankConfig(loadConfig(rerankEnv, environment));
  return {
    pool,
    model,
    rerank,
    currency: prices?.currency,
    prices,
    store,
    repositories,
    rag: await createRag({
      pool,
      model,
      rerank,
      prices,
      weightsOf: store.retrievalSettings.weightsOf,
      approved: repositories.approvedAnswers,
      thresholdsOf: store.answerThresholds.find,
      settingsOf: createStoredSettings(repositories.answerSettings),
      logger,
    }),
  };
}

type SyncFolder = {
  pool: Pool;
  accountId: number;
  /** A file, or a folder with everything below it. */
  path: string;
  /** The listing that all of it belongs to. */
  itemId?: number | undefined;
  /** The folder takes the place of what the base has under its name, even where nothing of that is left. */
  replaces?: boolean | undefined;
  /** For vectors; without one the base is searched by words. */
  model?: ModelOptions | undefined;
  logger: Logger;
  onProgress?: (progress: SyncProgress) => void;
  signal?: AbortSignal;
};

/** Brings an account's knowledge base in line with a file or folder; `sourceKeys` are those of what was found there to read. */
export async function syncFolder({
  pool,
  accountId,
  path,
  itemId,
  replaces = false,
  model,
  logger,
  onProgress,
  signal,
}: SyncFolder): Promise<SyncReport & { skipped: SourceFailure[]; sourceKeys: string[] }> {
  const { sources, failed, skipped, keyPrefix } = await loadSources({ path, itemId });
  const embedder = await (await createRag({ pool, model, logger })).embedderOf({ accountId });
  const report = await syncKnowledge(
    { store: createKnowledgeRepositories(pool), embedder, logger },
    { accountId, sources, failed, skipped, keyPrefix, mayBeAnother: !replaces, onProgress, signal },
  );
  const failedKeys = new Set(report.failed.map(({ sourceKey }) => sourceKey));
  return {
    ...report,
    skipped: skipped.filter(({ sourceKey }) => !failedKeys.has(sourceKey)),
    sourceKeys: sources.map(({ key }) => key),
  };
}
