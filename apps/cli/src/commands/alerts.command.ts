import { createRepositories } from '@avito-autoreply/database';
import { selectAccountIds } from '../account.ts';
import { openDatabase } from '../database.ts';
import { minuteOf } from '../output/minute.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

const CLOSED_SHOWN = 10;

/** What the owner must know and mend. Exit code 1 while something is open. */
export function alertList({ account: wanted }: { account: number | undefined }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const accountIds = await selectAccountIds({ environment, wanted });
    const { alerts } = createRepositories(await openDatabase(context));
    const open = await alerts.listOpen({ accountIds });
    const closed = await alerts.listRecent({ accountIds, limit: CLOSED_SHOWN });
    const whose = (accountId: number | null) => (accountId === null ? 'all' : String(accountId));
    if (open.length === 0) terminal.line(terminal.style('green', 'Nothing is open.'));
    const rows = open.map(({ accountId, kind, raisedAt, count, message }) => [
      terminal.style('red', kind),
      whose(accountId),
      `since ${minuteOf(raisedAt)}, seen ${count}×`,
      message,
    ]);
    for (const line of tableLines(rows)) terminal.line(line);
    if (closed.length > 0) terminal.line('\nOver:');
    const past = closed.map(({ accountId, kind, raisedAt, clearedAt }) => [
      kind,
      whose(accountId),
      `${minuteOf(raisedAt)} – ${minuteOf(clearedAt)}`,
    ]);
    for (const line of tableLines(past)) terminal.line(line);
    terminal.json({ open, closed });
    return open.length === 0 ? 0 : 1;
  };
}
