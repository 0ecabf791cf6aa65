import type { Pool } from 'pg';
import { storableText } from '../values.ts';
import { createRunQuery } from '../with-transaction.ts';

/** Where we last registered an account's webhook, and when something last came of it. */
export function createWebhooksRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    /** The address without its token, which is a secret. */
    async saveRegistration({ accountId, url }: { accountId: number; url: string }): Promise<void> {
      await run(
        `insert into webhook_registrations (account_id, url) values ($1, $2)
         on conflict (account_id) do update set url = excluded.url, registered_at = clock_timestamp()`,
        [accountId, storableText(url)],
      );
    },

    async forgetRegistration({ accountId }: { accountId: number }): Promise<void> {
      await run('delete from webhook_registrations where account_id = $1', [accountId]);
    },

    async findRegistration({
      accountId,
    }: {
      accountId: number;
    }): Promise<{ url: string; registeredAt: Date } | undefined> {
      const [row] = await run<{ url: string; registered_at: Date }>(
        'select url, registered_at from webhook_registrations where account_id = $1',
        [accountId],
      );
      return row === undefined ? undefined : { url: row.url, registeredAt: row.registered_at };
    },

    /** When the last buyer's message, or the last event that we did not understand, reached us; by our clock. */
    async lastEventAt({ accountId }: { accountId: number }): Promise<Date | null> {
      const [row] = await run<{ at: Date | null }>(
        `select greatest((select max(last_inbound_at) from chats where account_id = $1),
                         (select max(received_at) from unrecognized_events where account_id = $1)) as at`,
        [accountId],
      );
      return row?.at ?? null;
    },
  };
}
