import { AppError, errorCode, errorMessage, type Logger } from '@avito-autoreply/runtime';
import type { EmbedderOf, KnowledgeStore } from '../ports.ts';
import type { FileParser } from '../sources/file-parser.ts';
import { type Listing, LISTINGS_PREFIX, listingSource } from '../sources/listing.ts';
import { isOfThisRecipe } from '../sources/source.ts';
import type { PageVersion, ReadUrl } from '../sources/web/read-url.ts';
import { syncKnowledge, type SyncProgress, type SyncReport } from './sync-knowledge.ts';

/** A source that can be read again without anybody at hand. */
type RemoteSource = PageVersion & {
  sourceKey: string;
  kind: string;
  itemId: number | null;
};

/** Where the account's listings are told as one source. */
export const LISTINGS_KEY = 'avito:listings';

type SourceSyncDeps = {
  store: KnowledgeStore & {
    sources: {
      begin: (query: { accountId: number; sourceKey: string }) => Promise<void>;
      progress: (query: {
        accountId: number;
        sourceKey: string;
        done: number;
        total: number;
      }) => Promise<void>;
      rememberVersion: (query: PageVersion & { accountId: number; sourceKey: string }) => Promise<void>;
    };
  };
  embedderOf: EmbedderOf;
  readUrl: ReadUrl;
  /** All listings that are on sale. Throws what the API throws. */
  listingsOf: (query: { accountId: number; signal?: AbortSignal | undefined }) => Promise<Listing[]>;
  parser?: FileParser | undefined;
  logger?: Logger | undefined;
};

export type SyncSource = (query: {
  accountId: number;
  source: RemoteSource;
  onProgress?: ((progress: SyncProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<SyncReport>;

/** Reads one address, or the listings, and brings the base in line. A failure is in the report and in the source's row. */
export function createSyncSource({
  store,
  embedderOf,
  readUrl,
  listingsOf,
  parser,
  logger,
}: SourceSyncDeps): SyncSource {
  return async ({ accountId, source, onProgress, signal }) => {
    const { sourceKey, kind } = source;
    await store.sources.begin({ accountId, sourceKey });
    // The last figures are not waited for: a row that lags by one step does no harm.
    const progress = ({ done, total, stage }: SyncProgress) => {
      onProgress?.({ done, total, stage });
      if (done % PROGRESS_EVERY === 0)
        store.sources.progress({ accountId, sourceKey, done, total }).catch((error: unknown) => {
          logger?.debug('progress not stored', { error });
        });
    };
    const deps = { store, embedder: await embedderOf({ accountId }), parser, logger };
    const sync = (input: Pick<Parameters<typeof syncKnowledge>[1], 'sources' | 'failed' | 'keyPrefix'>) =>
      syncKnowledge(deps, { accountId, ...input, onProgress: progress, signal });
    // Reading takes its time: what the owner removed meanwhile must not come back.
    const isGone = async () =>
      (await store.sources.list({ accountId })).every((known) => known.sourceKey !== sourceKey);
    const record = (error?: { code: string; message: string }) =>
      store.sources.record({ accountId, outcomes: [{ sourceKey, kind, error }] });

    try {
      if (kind === 'listings') {
        const listings = await listingsOf({ accountId, signal });
        if (await isGone()) return await sync({ sources: [] });
        const report = await sync({ sources: listings.map(listingSource), keyPrefix: LISTINGS_PREFIX });
        await record(report.failed[0]);
        return report;
      }
      // What is stored must be of the version that is asked about, so one that is unread, or would be read otherwise by now, is asked for anew.
      const stored = (await store.documents.list({ accountId })).find(
        (known) => known.sourceKey === sourceKey,
      );
      const page = await readUrl({
        url: sourceKey,
        itemId: source.itemId ?? undefined,
        known: stored !== undefined && isOfThisRecipe(stored.contentHash) ? source : undefined,
        signal,
      });
      if (await isGone()) return await sync({ sources: [] });
      if (page === 'not-modified') {
        const report = await sync({ sources: [] });
        await record();
        const warnings = (stored?.warnings ?? []).map((warning) => ({ sourceKey, ...warning }));
        return { ...report, unchanged: 1, warnings };
      }
      const report = await sync({ sources: [page.source] });
      if (!report.failed.some((failure) => failure.sourceKey === sourceKey))
        await store.sources.rememberVersion({ accountId, sourceKey, ...page.version });
      return report;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      if (await isGone()) return sync({ sources: [] });
      const failure = { sourceKey, code: errorCode(error), message: errorMessage(error) };
      await record(failure);
      return sync({ sources: [], failed: [failure] });
    }
  };
}

const PROGRESS_EVERY = 10;
