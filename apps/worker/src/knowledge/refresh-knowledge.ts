import type { AvitoClient } from '@avito-autoreply/avito';
import type { KnowledgeRepositories } from '@avito-autoreply/database';
import type { Handler, refreshKnowledge } from '@avito-autoreply/queue';
import {
  collectListings,
  createFetchPage,
  createReadUrl,
  createSyncSource,
  type EmbedderOf,
  type FetchPage,
} from '@avito-autoreply/rag';
import type { Logger } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { SourceAlerts } from './source-alerts.ts';

type RefreshDeps = {
  knowledge: KnowledgeRepositories;
  embedderOf: EmbedderOf;
  clientOf: (accountId: number) => Pick<AvitoClient, 'eachItem'>;
  accountIds: readonly number[];
  sourceAlerts: SourceAlerts;
  /** Default: over the public web. */
  fetchPage?: FetchPage | undefined;
  logger: Logger;
};

/** Chats of so many days tell of listings that the list does not show. */
const CHAT_DAYS = 30;

/**
 * Reads every source whose time has come, one after the other. A source is taken by moving its next time on, so two
 * workers never read the same; one that fails says so in its row and waits for its next time.
 */
export function createRefreshKnowledge({
  knowledge,
  embedderOf,
  clientOf,
  accountIds,
  sourceAlerts,
  fetchPage = createFetchPage(),
  logger,
}: RefreshDeps): Handler<z.output<typeof refreshKnowledge.schema>> {
  const syncSource = createSyncSource({
    store: knowledge,
    embedderOf,
    readUrl: createReadUrl(fetchPage),
    listingsOf: async ({ accountId, signal }) =>
      collectListings({
        items: clientOf(accountId).eachItem({ userId: accountId, signal }),
        chatItems: await knowledge.chatItems.list({ accountId, days: CHAT_DAYS }),
      }),
    logger,
  });
  return async (_payload, { signal }) => {
    for (;;) {
      signal.throwIfAborted();
      const source = await knowledge.sources.takeDue({ accountIds });
      if (source === undefined) return sourceAlerts.clearWhatIsOver();
      const { accountId, kind, sourceKey } = source;
      const { added, updated, removed, failed } = await syncSource({ accountId, source, signal });
      const [failure] = failed;
      if (failure === undefined)
        logger.info('a source was read again', { accountId, kind, added, updated, removed });
      else {
        const { code } = failure;
        logger.warn('a source could not be read again', { accountId, kind, code });
        await sourceAlerts.raise({ accountId, sourceKey, code });
      }
    }
  };
}
