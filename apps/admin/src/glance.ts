import type { Repositories } from '@avito-autoreply/database';
import type { Account } from './avito/accounts.ts';
import type { AccountGlance } from './pages/start-page.ts';

type GlanceDeps = {
  accounts: readonly Pick<Account, 'userId' | 'name'>[];
  chats: Pick<Repositories['chats'], 'listChats'>;
  figures: Pick<Repositories['figures'], 'summarize'>;
};

// Enough for a glance; who has more chats than this with people looks into the list.
const MAX_CHATS = 1_000;

/** The counts of the start page, per account. */
export function createGlance({ accounts, chats, figures }: GlanceDeps) {
  const ofAccount = async ({
    userId: accountId,
    name,
  }: Pick<Account, 'userId' | 'name'>): Promise<AccountGlance> => {
    const [summary, withHuman] = await Promise.all([
      figures.summarize({ accountId }),
      chats.listChats({ accountId, mode: 'human', limit: MAX_CHATS + 1 }),
    ]);
    const held = summary.messages.filter(
      ({ authorKind, decision }) => authorKind === 'buyer' && (decision === 'hold' || decision === 'handoff'),
    );
    return {
      userId: accountId,
      name,
      waiting: summary.unanswered,
      withHuman: { count: Math.min(withHuman.length, MAX_CHATS), isMore: withHuman.length > MAX_CHATS },
      held: held.reduce((sum, { count }) => sum + count, 0),
      unknownSends: summary.sends.unknown,
    };
  };
  return (): Promise<AccountGlance[]> => Promise.all(accounts.map(ofAccount));
}
