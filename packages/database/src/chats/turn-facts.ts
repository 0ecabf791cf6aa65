import type { AuthorKind, ChatKey } from '../model.ts';
import type { RunQuery } from '../with-transaction.ts';

export type StoredTurnFacts = {
  /** Our replies in the chat that may have reached the buyer. */
  replies: { lastHour: number; lastDay: number };
  /** When a reply with this reason was last stored. */
  lastTexts: { outsideHours: Date | null; closedListing: Date | null };
  /** The newest messages of the chat, oldest first, without Avito's own; by our clock, which knows fractions of a second. */
  tail: Array<{ author: Exclude<AuthorKind, 'avito'>; text: string | null; at: Date }>;
};

/** Enough for every breaker that can be set: 50 exchanges of a message and an answer in two parts. */
const TAIL_MESSAGES = 150;

type TailRow = { author: StoredTurnFacts['tail'][number]['author']; text: string | null; at: Date | null };
type FactsRow = TailRow & {
  last_hour: number;
  last_day: number;
  outside_hours: Date | null;
  closed_listing: Date | null;
};

export async function readTurnFacts(run: RunQuery, { accountId, chatId }: ChatKey): Promise<StoredTurnFacts> {
  // The replies' figures are the same in every row; a chat without messages has one row all the same.
  const rows = await run<FactsRow>(
    `with figures as (
       select count(*) filter (where created_at > clock_timestamp() - interval '1 hour')::int as last_hour,
              count(*) filter (where created_at > clock_timestamp() - interval '1 day')::int as last_day,
              max(created_at) filter (where reason = 'outside-hours') as outside_hours,
              max(created_at) filter (where reason = 'closed-listing') as closed_listing
         from replies
        where account_id = $1 and chat_id = $2 and status in ('stored', 'sent', 'failed')),
     tail as (
       select author_kind as author, text, received_at as at, message_id from messages
        where account_id = $1 and chat_id = $2 and author_kind <> 'avito' and type <> 'deleted'
        order by received_at desc, message_id desc limit $3)
     select figures.*, author, text, at from figures left join tail on true order by at, message_id`,
    [accountId, chatId, TAIL_MESSAGES],
  );
  const [row] = rows;
  return {
    replies: { lastHour: row?.last_hour ?? 0, lastDay: row?.last_day ?? 0 },
    lastTexts: { outsideHours: row?.outside_hours ?? null, closedListing: row?.closed_listing ?? null },
    tail: rows.flatMap(({ author, text, at }) => (at === null ? [] : [{ author, text, at }])),
  };
}
