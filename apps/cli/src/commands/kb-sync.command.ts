import {
  collectListings,
  createFetchPage,
  createReadUrl,
  parseSourceUrl,
  createSyncSource,
  LISTINGS_KEY,
  type SourceFailure,
  type SyncReport,
} from '@avito-autoreply/rag';
import { selectKnowledge } from '../account.ts';
import { openAvito } from '../avito.ts';
import { UsageError } from '../exit-code.ts';
import { openKnowledge, syncFolder } from '../knowledge.ts';
import { tellProblem } from '../output/tell-problem.ts';
import { createProgress } from '../output/progress.ts';
import type { Terminal } from '../output/terminal.ts';
import type { Command, CommandContext } from '../run-command.ts';
import { takeSampleShopAway } from '../sample-shop.ts';
import { START_DATA_DIR } from '../stack/data-folders.ts';

type KbSync = {
  /** Paths and addresses. */
  sources: readonly string[];
  withListings: boolean;
  itemId: number | undefined;
  everyHours: number | undefined;
  /** Folders take the place of what the base has under their names. */
  replaces: boolean;
  account: number | undefined;
};

type Report = SyncReport & { skipped: SourceFailure[] };
type SourcedReport = Report & { sourceKeys: string[] };

/** Chats of so many days tell of listings that the list does not show. */
const CHAT_DAYS = 30;

/** Those that are not read as well: `ftp://shop.ru` is no file. */
const isUrl = (source: string) => /^[a-z][a-z\d+.-]*:\/\//i.test(source);

export function kbSync({
  sources,
  withListings,
  itemId,
  everyHours,
  replaces,
  account: wanted,
}: KbSync): Command {
  return async (context) => {
    const { environment, terminal, logger, signal } = context;
    const wantedSources = [...sources, ...(withListings ? [LISTINGS_KEY] : [])];
    if (wantedSources.length === 0) {
      throw new UsageError('say what to sync: a path, an address, or --listings', {
        code: 'cli.nothing-to-sync',
      });
    }
    const local = wantedSources.find((source) => !isUrl(source) && source !== LISTINGS_KEY);
    if (everyHours !== undefined && local !== undefined) {
      throw new UsageError(
        `${local}: --every is for addresses and --listings; a worker cannot read your files: sync it by itself, without --every`,
        { code: 'cli.nothing-to-repeat' },
      );
    }
    // All of them first: a source is kept as it is given, and listed.
    for (const source of wantedSources.filter(isUrl)) parseSourceUrl(source);
    const { accountId } = await selectKnowledge({ environment, wanted, isChange: true });
    const knowledge = await openKnowledge(context);
    const { pool, model } = knowledge;
    const syncRemote = remoteSync(context, { knowledge, wanted, itemId, everyHours });
    const progress = createProgress({ terminal });
    const onProgress = (state: { done: number; total: number; stage: string }) => progress.update(state);
    const reports: SourcedReport[] = [];
    try {
      for (const source of wantedSources) {
        const isRemote = isUrl(source) || source === LISTINGS_KEY;
        reports.push(
          isRemote
            ? await syncRemote({ accountId, source, onProgress })
            : await syncFolder({
                pool,
                accountId,
                path: source,
                itemId,
                replaces,
                model,
                logger,
                signal,
                onProgress,
              }),
        );
      }
    } finally {
      progress.stop();
    }
    const report = sumOf(reports);
    const hasOwn = sources.length > 0 && report.added + report.updated + report.unchanged > 0;
    const own = reports.flatMap(({ sourceKeys }) => sourceKeys);
    const ofSample = hasOwn
      ? await takeSampleShopAway({ dataDir: START_DATA_DIR, store: knowledge.store, accountId, own })
      : 0;
    if (ofSample > 0)
      terminal.note(
        `the sample shop, which \`up\` had brought for a first look, has left the base: ${ofSample} sources`,
      );
    tell(terminal, { accountId, report, sources: wantedSources });
    terminal.json({ accountId, ...report });
    return report.failed.length === 0 ? 0 : 1;
  };
}

type RemoteSync = {
  knowledge: Awaited<ReturnType<typeof openKnowledge>>;
  wanted: number | undefined;
  itemId: number | undefined;
  everyHours: number | undefined;
};

function remoteSync(
  context: CommandContext,
  { knowledge: { store, rag }, wanted, itemId, everyHours }: RemoteSync,
) {
  const { logger, signal } = context;
  const syncSource = createSyncSource({
    store,
    embedderOf: rag.embedderOf,
    readUrl: createReadUrl(createFetchPage()),
    listingsOf: async ({ accountId }) => {
      const { avito } = await openAvito(context, { account: wanted });
      return collectListings({
        items: avito.eachItem({ userId: accountId, signal }),
        chatItems: await store.chatItems.list({ accountId, days: CHAT_DAYS }),
      });
    },
    logger,
  });
  return async ({
    accountId,
    source,
    onProgress,
  }: {
    accountId: number;
    source: string;
    onProgress: (state: { done: number; total: number; stage: string }) => void;
  }): Promise<SourcedReport> => {
    const known = await store.sources.find({ accountId, sourceKey: source });
    await store.sources.save({
      accountId,
      sourceKey: source,
      kind: isUrl(source) ? 'url' : 'listings',
      itemId: isUrl(source) ? (itemId ?? known?.itemId ?? null) : null,
      everyMinutes: everyHours === undefined ? (known?.everyMinutes ?? null) : everyHours * 60,
      isDueNow: false,
    });
    const saved = await store.sources.find({ accountId, sourceKey: source });
    if (saved === undefined)
      throw new UsageError(`${source} was removed meanwhile`, { code: 'cli.source-removed' });
    const report = await syncSource({ accountId, source: saved, onProgress, signal });
    return { ...report, skipped: [], sourceKeys: [source] };
  };
}

function sumOf(reports: readonly Report[]): Report {
  const sum = (field: 'added' | 'updated' | 'unchanged' | 'removed' | 'embedded' | 'embeddingTokens') =>
    reports.reduce((total, report) => total + report[field], 0);
  return {
    added: sum('added'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    removed: sum('removed'),
    embedded: sum('embedded'),
    embeddingTokens: sum('embeddingTokens'),
    failed: reports.flatMap(({ failed }) => failed),
    warnings: reports.flatMap(({ warnings }) => warnings),
    skipped: reports.flatMap(({ skipped }) => skipped),
  };
}

function tell(
  terminal: Terminal,
  { accountId, report, sources }: { accountId: number; report: Report; sources: readonly string[] },
): void {
  const { added, updated, unchanged, removed, embedded, failed, warnings, skipped } = report;
  if (added + updated + unchanged + failed.length === 0)
    terminal.note(
      `${sources.join(', ')} holds nothing of a kind that is read: nothing was read, and nothing removed; \`autoreply kb remove\` removes`,
    );
  terminal.line(
    `account ${accountId}: ${added} added, ${updated} updated, ${unchanged} unchanged, ${removed} removed`,
  );
  if (embedded > 0) terminal.line(`${embedded} passages got vectors`);
  for (const { sourceKey, message } of skipped)
    terminal.line(terminal.style('gray', `not read: ${sourceKey} (${message})`));
  for (const warning of warnings) tellProblem(terminal, { ...warning, kind: 'warning' });
  for (const failure of failed) tellProblem(terminal, { ...failure, kind: 'failed' });
}
