import { createRepositories } from '@avito-autoreply/database';
import { splitIntoParts } from '@avito-autoreply/rag';
import { selectAccountId } from '../account.ts';
import { createBell } from '../bell.ts';
import { openDatabase } from '../database.ts';
import { minuteOf } from '../output/minute.ts';
import { oneLine } from '../output/one-line.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };

// Avito's bound for one message.
const PART_CHARACTERS = 1_000;

/** Answers that wait for the owner. */
export function draftList({
  account: wanted,
  limit,
  offset,
}: Common & { limit: number; offset: number }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const accountId = await selectAccountId({ environment, wanted });
    const { decisions } = createRepositories(await openDatabase(context));
    const drafts = await decisions.listDrafts({ accountId, limit, offset });
    if (drafts.length === 0) terminal.line('No draft waits.');
    for (const { replyId, chatId, createdAt, question, text } of drafts) {
      terminal.line(`${terminal.style('bold', replyId)}  ${minuteOf(createdAt)}  ${chatId}`);
      terminal.line(`  ${terminal.style('gray', oneLine(question))}`);
      terminal.line(`  ${text.replaceAll('\n', '\n  ')}`);
    }
    terminal.json({ accountId, drafts });
    return 0;
  };
}

/** Lets a draft go, as it is or with another text. */
export function draftSend({
  replyId,
  text,
  account: wanted,
}: Common & { replyId: string; text: string | undefined }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const accountId = await selectAccountId({ environment, wanted });
    const { decisions } = createRepositories(await openDatabase(context));
    const reply = await decisions.releaseDraft({
      accountId,
      replyId,
      text,
      splitIntoParts: (whole) => splitIntoParts(whole, PART_CHARACTERS),
    });
    if (reply.status === 'stored') await createBell(context).send(reply);
    terminal.line(
      reply.status === 'stored'
        ? `${terminal.style('green', 'on its way')} to chat ${reply.chatId}`
        : `nothing to do: the reply is ${reply.status} already`,
    );
    terminal.json({ accountId, replyId, chatId: reply.chatId, status: reply.status, text: reply.text });
    return 0;
  };
}

export function draftDiscard({ replyId, account: wanted }: Common & { replyId: string }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const accountId = await selectAccountId({ environment, wanted });
    const { decisions } = createRepositories(await openDatabase(context));
    const { chatId } = await decisions.discardDraft({ accountId, replyId });
    terminal.line('discarded; `autoreply unanswered` lists its question');
    terminal.json({ accountId, replyId, chatId, status: 'cancelled' });
    return 0;
  };
}
