import type { Repositories } from '@avito-autoreply/database';
import { GAP_DAYS, type GapCollector } from '@avito-autoreply/rag';
import type { Account } from './avito/accounts.ts';
import type { AccountGlance } from './pages/start-page.ts';

type GlanceDeps = {
  accounts: readonly Pick<Account, 'userId' | 'name'>[];
  chats: Pick<Repositories['chats'], 'listChats'>;
  decisions: Pick<Repositories['decisions'], 'listUnanswered'>;
  figures: Pick<Repositories['figures'], 'glance'>;
  gaps: Pick<Repositories['gaps'], 'list'>;
  collectGaps: GapCollector;
};

// Enough for a glance; who has more chats than this with people looks into the list.
const MAX_CHATS = 1_000;
const TOP_GAPS = 5;
// The page must not wait for what the next look can gather; a model that hangs is waited for by nobody.
const COLLECT_MS = 200;
const COLLECT_DEADLINE_MS = 2_000;

/** The counts of the start page, per account. */
export function createGlance({ accounts, chats, decisions, figures, gaps, collectGaps }: GlanceDeps) {
  const topGaps = async (accountId: number) => {
    const signal = AbortSignal.timeout(COLLECT_DEADLINE_MS);
    await collectGaps({ accountId, budgetMs: COLLECT_MS, signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    return gaps.list({ accountId, days: GAP_DAYS, limit: TOP_GAPS });
  };

  const ofAccount = async ({
    userId: accountId,
    name,
  }: Pick<Account, 'userId' | 'name'>): Promise<AccountGlance> => {
    const [counted, withHuman, unanswered, asked] = await Promise.all([
      figures.glance({ accountId }),
      chats.listChats({ accountId, mode: 'human', limit: MAX_CHATS + 1 }),
      decisions.listUnanswered({ accountId, limit: 0, offset: 0 }),
      topGaps(accountId),
    ]);
    return {
      userId: accountId,
      name,
      ...counted,
      withHuman: { count: Math.min(withHuman.length, MAX_CHATS), isMore: withHuman.length > MAX_CHATS },
      unanswered: unanswered.total,
      gaps: {
        total: asked.total,
        top: asked.gaps.map(({ question, count, lastSeenAt }) => ({ question, count, lastSeenAt })),
      },
    };
  };
  return (): Promise<AccountGlance[]> => Promise.all(accounts.map(ofAccount));
}
