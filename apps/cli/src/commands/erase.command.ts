import { createErase } from '@avito-autoreply/database';
import { sleep, systemClock } from '@avito-autoreply/runtime';
import { openAccount } from '../open-account.ts';
import { UsageError } from '../exit-code.ts';
import { tableLines } from '../output/table.ts';
import { openQueues } from '../queues.ts';
import type { Command } from '../run-command.ts';

type EraseOptions = {
  chat?: string | undefined;
  author?: number | undefined;
  dryRun?: boolean | undefined;
  account?: number | undefined;
};

/** Erases a chat or a buyer and prints the receipt, which names nobody. */
export function erase({ chat, author, dryRun: isDryRun = false, account: wanted }: EraseOptions): Command {
  return async (context) => {
    const { logger, terminal } = context;
    const { accountId, erasures } = await openAccount(context, wanted);
    const subject = subjectOf({ accountId, chat, author });
    const queues = await openQueues(context);
    const run = createErase({ erasures, queues, clock: systemClock, sleep, logger });
    const receipt = await run({ ...subject, isDryRun });

    const { tables, jobs, jobsAtWork, interruptedSends } = receipt.erased;
    const rows = [
      ...Object.entries(tables).map(([table, count]) => ['table', table, String(count)]),
      ...Object.entries(jobs).map(([queue, count]) => ['queue', queue, String(count)]),
    ];
    if (rows.length === 0) terminal.line('There was nothing of it.');
    for (const line of rows.length === 0 ? [] : tableLines(rows)) terminal.line(line);
    if (jobsAtWork > 0) terminal.line(`${jobsAtWork} jobs are still at work; they leave nothing behind.`);
    if (interruptedSends > 0) {
      terminal.line(`${interruptedSends} texts were just leaving; nobody knows whether they arrived.`);
    }
    terminal.line(
      receipt.erasureId === null
        ? 'Nothing was erased: this was a dry run.'
        : `Erased at ${receipt.erasedAt?.toISOString()}; receipt ${receipt.erasureId}, ${receipt.subject} ${receipt.subjectHash}.`,
    );
    terminal.json(receipt);
    return 0;
  };
}

function subjectOf({
  accountId,
  chat,
  author,
}: {
  accountId: number;
  chat: string | undefined;
  author: number | undefined;
}) {
  if (chat !== undefined && chat.trim() !== '' && author === undefined) return { accountId, chatId: chat };
  if (author !== undefined && chat === undefined) return { accountId, authorId: author };
  throw new UsageError('name what to erase: either --chat <id> or --author <id>', {
    code: 'erasure.not-named',
  });
}
