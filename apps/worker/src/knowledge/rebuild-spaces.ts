import type { KnowledgeRepositories } from '@avito-autoreply/database';
import type { Handler, rebuildSpaces } from '@avito-autoreply/queue';
import { type Embedder, reembedKnowledge } from '@avito-autoreply/rag';
import { AppError, errorCode, errorMessage, type Logger, type Sleep } from '@avito-autoreply/runtime';
import type { z } from 'zod';

type RebuildDeps = {
  knowledge: KnowledgeRepositories;
  /** As configured; undefined without an embedding model. */
  embedder: Embedder | undefined;
  accountIds: readonly number[];
  sleep?: Sleep | undefined;
  logger: Logger;
};

/** Fills every space that somebody asked for, one after the other. What became of it is in its row. */
export function createRebuildSpaces({
  knowledge,
  embedder,
  accountIds,
  sleep,
  logger,
}: RebuildDeps): Handler<z.output<typeof rebuildSpaces.schema>> {
  const fill = async (
    { accountId, isSwitching }: { accountId: number; isSwitching: boolean },
    signal: AbortSignal,
  ) => {
    if (embedder === undefined) {
      throw new AppError(
        'the worker has no embedding model: set OPENAI_API_KEY and OPENAI_EMBEDDING_MODEL for it as well',
        { code: 'knowledge.no-embedding-model' },
      );
    }
    await reembedKnowledge(
      { store: knowledge, embedder, sleep },
      {
        accountId,
        isSwitching,
        signal,
        // Not waited for: a row that lags by one step does no harm.
        onProgress: ({ done, total }) => {
          knowledge.rebuilds.progress({ accountId, done, total }).catch((error: unknown) => {
            logger.debug('progress not stored', { error });
          });
        },
      },
    );
  };
  return async (_payload, { signal }) => {
    for (;;) {
      signal.throwIfAborted();
      const rebuild = await knowledge.rebuilds.take({ accountIds, spaceKey: embedder?.spaceKey });
      if (rebuild === undefined) return;
      const { accountId } = rebuild;
      try {
        await fill(rebuild, signal);
        await knowledge.rebuilds.end({ accountId });
        logger.info('an embedding space was filled', { accountId });
      } catch (error) {
        if (signal.aborted) await knowledge.rebuilds.putBack({ accountId });
        if (signal.aborted || !(error instanceof AppError)) throw error;
        const code = errorCode(error);
        logger.warn('an embedding space could not be filled', { accountId, code });
        await knowledge.rebuilds.end({ accountId, error: { code, message: errorMessage(error) } });
      }
    }
  };
}
