import { MAX_TEXT_CHARACTERS } from '@avito-autoreply/avito';
import { splitIntoParts } from '@avito-autoreply/rag';
import { createBell } from '../bell.ts';
import { openAccount } from '../open-account.ts';
import { minuteOf } from '../output/minute.ts';
import { oneLine } from '../output/one-line.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };

/** Answers that wait for the owner. */
export function draftList({
  account: wanted,
  limit,
  offset,
}: Common & { limit: number; offset: number }): Command {
  return async (context) => {
    const { terminal } = context;
    const { accountId, decisions } = await openAccount(context, wanted);
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
    const { terminal } = context;
    const { accountId, decisions } = await openAccount(context, wanted);
    const reply = await decisions.releaseDraft({
      accountId,
      replyId,
      text,
      splitIntoParts: (whole) => splitIntoParts(whole, MAX_TEXT_CHARACTERS),
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
    const { terminal } = context;
    const { accountId, decisions } = await openAccount(context, wanted);
    const { chatId } = await decisions.discardDraft({ accountId, replyId });
    terminal.line('discarded; `autoreply unanswered` lists its question');
    terminal.json({ accountId, replyId, chatId, status: 'cancelled' });
    return 0;
  };
}
