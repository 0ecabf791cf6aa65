import { readFile, writeFile } from 'node:fs/promises';
import { createRepositories } from '@avito-autoreply/database';
import { readApprovedFile, readApprovedPair, writeApprovedFile } from '@avito-autoreply/rag';
import { errorMessage } from '@avito-autoreply/runtime';
import { selectKnowledge } from '../account.ts';
import { openDatabase } from '../database.ts';
import { UsageError } from '../exit-code.ts';
import { oneLine } from '../output/one-line.ts';
import { ensureWritable } from '../output/report-file.ts';
import { tableLines } from '../output/table.ts';
import type { Command, CommandContext } from '../run-command.ts';

type Common = { account: number | undefined };

// Far above what anybody writes by hand.
const ALL = 100_000;

async function open(context: CommandContext, { account, isChange }: Common & { isChange: boolean }) {
  const { environment } = context;
  const { knowledgeAccountId } = await selectKnowledge({ environment, wanted: account, isChange });
  const { approvedAnswers } = createRepositories(await openDatabase(context));
  return { accountId: knowledgeAccountId, approvedAnswers };
}

export function answersList({ search, account }: Common & { search: string | undefined }): Command {
  return async (context) => {
    const { terminal } = context;
    const { accountId, approvedAnswers } = await open(context, { account, isChange: false });
    const { total, pairs } = await approvedAnswers.list({ accountId, search, limit: ALL });
    if (total === 0)
      terminal.line(`account ${accountId} has no such approved answers: autoreply answers add`);
    for (const line of tableLines(
      pairs.map(({ id, question, answer }) => [id, oneLine(question, 60), oneLine(answer, 60)]),
    ))
      terminal.line(line);
    terminal.json({ accountId, total, answers: pairs });
    return 0;
  };
}

/** The next buyer with this question gets the answer as it stands. */
export function answersAdd({
  question,
  answer,
  account,
}: Common & { question: string; answer: string }): Command {
  return async (context) => {
    const { terminal } = context;
    const pair = readApprovedPair({ question, answer });
    const { accountId, approvedAnswers } = await open(context, { account, isChange: true });
    const { pairs: _, ...counts } = await approvedAnswers.save({ accountId, pairs: [pair] });
    terminal.line(
      counts.added > 0
        ? 'added'
        : counts.changed > 0
          ? 'the answer to this question is replaced'
          : 'unchanged',
    );
    terminal.json({ accountId, ...counts });
    return 0;
  };
}

const unknown = (id: string) =>
  new UsageError(`there is no approved answer ${id}: \`autoreply answers list\` shows their ids`, {
    code: 'answering.unknown-pair',
  });

export function answersChange({
  id,
  question,
  answer,
  account,
}: Common & { id: string; question: string; answer: string }): Command {
  return async (context) => {
    const pair = readApprovedPair({ question, answer });
    const { accountId, approvedAnswers } = await open(context, { account, isChange: true });
    const changed = await approvedAnswers.change({ accountId, id, pair });
    if (changed === undefined) throw unknown(id);
    context.terminal.line('changed');
    context.terminal.json({ accountId, answer: changed });
    return 0;
  };
}

export function answersRemove({ id, account }: Common & { id: string }): Command {
  return async (context) => {
    const { accountId, approvedAnswers } = await open(context, { account, isChange: true });
    if (!(await approvedAnswers.remove({ accountId, id }))) throw unknown(id);
    context.terminal.line('removed');
    context.terminal.json({ accountId, removed: id });
    return 0;
  };
}

/** CSV with a header row, JSON, or Excel. All of the file or nothing. */
export function answersImport({ path, account }: Common & { path: string }): Command {
  return async (context) => {
    const { terminal } = context;
    const bytes = await readFile(path).catch((error: unknown) => {
      throw new UsageError(`${path} cannot be read: ${errorMessage(error)}`, {
        code: 'answering.no-such-file',
      });
    });
    const { pairs, incomplete, warnings } = await readApprovedFile(bytes);
    const { accountId, approvedAnswers } = await open(context, { account, isChange: true });
    const { pairs: _, ...counts } = await approvedAnswers.save({ accountId, pairs });
    terminal.line(
      `account ${accountId}: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged`,
    );
    for (const { at, missing } of incomplete)
      terminal.note(`${path}, ${at}: left out, the ${missing} is missing`);
    for (const { code, message } of warnings) terminal.note(`${path}: ${message} (${code})`);
    terminal.json({ accountId, ...counts, leftOut: incomplete, warnings });
    return 0;
  };
}

/** To a file whose name says the format, or to standard output as CSV. */
export function answersExport({ path, account }: Common & { path: string | undefined }): Command {
  return async (context) => {
    const { terminal } = context;
    await ensureWritable(path);
    const { accountId, approvedAnswers } = await open(context, { account, isChange: false });
    const { total, pairs } = await approvedAnswers.list({ accountId, limit: ALL });
    const content = writeApprovedFile(pairs, { format: path?.endsWith('.json') === true ? 'json' : 'csv' });
    if (path === undefined) terminal.line(content.trimEnd());
    else {
      await writeFile(path, content);
      terminal.line(`account ${accountId}: ${total} approved answers are in ${path}`);
    }
    terminal.json({ accountId, total, ...(path === undefined ? { content } : { path }) });
    return 0;
  };
}
