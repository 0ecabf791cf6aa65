import type { RunQuery } from '../with-transaction.ts';

type Room = { accountId: number; max: number };

/**
 * Whether the account may have one more chat with work for the model. Exact however many ask at once; the gate that is
 * taken stays taken until the commit. Call it just before opening the work, and only where the chat has none. Work that
 * ends passes no gate: it can only make room.
 *
 * Far below the bound everybody passes side by side: no more of them can be under way than the server has
 * connections. Near the bound, where that many could break it, one passes after the other.
 */
export async function hasRoom(run: RunQuery, { accountId, max }: Room): Promise<boolean> {
  const first = await passFarBelow(run, { accountId, max });
  if (first.count >= max) return false;
  if (first.isFar) {
    if (!first.hasPassed) await passGate(run, { accountId, mode: 'share' });
    if ((await countChatsWithWork(run, { accountId, max })) + first.connections < max) return true;
  }
  await passGate(run, { accountId, mode: 'update' });
  return (await countChatsWithWork(run, { accountId, max })) < max;
}

const WITH_WORK = `
  select count(*)::int as count from (
    select 1 from chats
     where account_id = $1 and (turn_first_at is not null or composing_turn is not null) limit $2) as with_work`;

/**
 * Counts, and where that is far below the bound passes the gate side by side with others, if there is a gate yet. Far is
 * twice as far as needed: who passes so and then finds too many has to wait for all others at once.
 */
async function passFarBelow(
  run: RunQuery,
  { accountId, max }: Room,
): Promise<{ count: number; connections: number; isFar: boolean; hasPassed: boolean }> {
  const [row] = await run<{ count: number; connections: number; is_far: boolean; has_passed: boolean }>(
    `with first as (
       select count, connections, count + 2 * connections < $2 as is_far
         from (${WITH_WORK}) as counted, (select current_setting('max_connections')::int as connections) as server)
     select first.*, gate.account_id is not null as has_passed
       from first left join lateral (
            select account_id from work_gates where account_id = $1 and first.is_far for share) as gate on true`,
    [accountId, max],
  );
  if (!row) throw new Error('a count returned nothing');
  return { count: row.count, connections: row.connections, isFar: row.is_far, hasPassed: row.has_passed };
}

/** Counted by a statement of its own: one that also waited for the gate would count what was there before it waited. */
async function countChatsWithWork(run: RunQuery, { accountId, max }: Room): Promise<number> {
  const [row] = await run<{ count: number }>(WITH_WORK, [accountId, max]);
  return row?.count ?? 0;
}

async function passGate(
  run: RunQuery,
  { accountId, mode }: { accountId: number; mode: 'share' | 'update' },
): Promise<void> {
  const take = () => run(`select 1 from work_gates where account_id = $1 for ${mode}`, [accountId]);
  if ((await take()).length > 0) return;
  await run('insert into work_gates (account_id) values ($1) on conflict do nothing', [accountId]);
  await take();
}
