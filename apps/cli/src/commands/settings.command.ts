import type { SettingsVersion } from '@avito-autoreply/database';
import { selectKnowledge } from '../account.ts';
import { openKnowledge } from '../knowledge.ts';
import { openAccount } from '../open-account.ts';
import { minuteOf } from '../output/minute.ts';
import { tableLines } from '../output/table.ts';
import { readAnswerSettings } from '../settings-file.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };

/** How answers are worded now; the JSON that is printed is what `set` takes. */
export function settingsShow({ account }: Common): Command {
  return async (context) => {
    const { terminal } = context;
    const { accountId, answerSettings } = await openAccount(context, account);
    const current = await answerSettings.current({ accountId });
    terminal.note(
      current === undefined
        ? `account ${accountId} has no settings of its own: the built-in ones hold`
        : `account ${accountId}: version ${current.version} of ${minuteOf(current.createdAt)}`,
    );
    terminal.line(JSON.stringify(current?.settings ?? {}, null, 2));
    terminal.json({ accountId, current: current ?? null });
    return 0;
  };
}

export function settingsSet({
  path,
  base,
  note,
  account,
}: Common & { path: string; base: number | undefined; note: string | undefined }): Command {
  return async (context) => {
    const settings = await readAnswerSettings(path);
    const { accountId, answerSettings } = await openAccount(context, account);
    const published = await answerSettings.publish({ accountId, settings, baseVersion: base, note });
    context.terminal.line(`account ${accountId}: version ${published.version} holds from now on`);
    context.terminal.json({ accountId, current: published });
    return 0;
  };
}

const versionRow = ({ version, createdAt, author, note, restoredFrom }: SettingsVersion) => [
  String(version),
  minuteOf(createdAt),
  author ?? '',
  [restoredFrom === null ? '' : `as version ${restoredFrom}`, note ?? '']
    .filter((part) => part !== '')
    .join(': '),
];

export function settingsVersions({ account }: Common): Command {
  return async (context) => {
    const { terminal } = context;
    const { accountId, answerSettings } = await openAccount(context, account);
    const versions = await answerSettings.list({ accountId });
    if (versions.length === 0) terminal.line(`account ${accountId} has no settings of its own yet`);
    for (const line of tableLines(versions.map(versionRow))) terminal.line(line);
    terminal.json({ accountId, versions });
    return 0;
  };
}

export function settingsRollback({
  version,
  note,
  account,
}: Common & { version: number; note: string | undefined }): Command {
  return async (context) => {
    const { accountId, answerSettings } = await openAccount(context, account);
    const restored = await answerSettings.rollback({ accountId, version, note });
    context.terminal.line(
      `account ${accountId}: version ${restored.version}, as version ${version} was, holds from now on`,
    );
    context.terminal.json({ accountId, current: restored });
    return 0;
  };
}

/** Answers by the current and the proposed settings, side by side. Sends nothing. */
export function settingsPreview({
  path,
  questions,
  account: wanted,
}: Common & { path: string; questions: readonly string[] }): Command {
  return async (context) => {
    const { environment, terminal, signal } = context;
    const settings = await readAnswerSettings(path);
    const accounts = await selectKnowledge({ environment, wanted });
    const { rag } = await openKnowledge(context);
    const answers = [];
    for (const question of questions) {
      const asked = { ...accounts, question, signal };
      const current = await rag.engine.generateAnswer(asked);
      const proposed = await rag.engine.generateAnswer({ ...asked, settings });
      answers.push({ question, current, proposed });
      terminal.line(terminal.style('bold', question));
      terminal.line(`  now       ${current.text.replaceAll('\n', '\n            ')}`);
      terminal.line(
        current.text === proposed.text
          ? `  proposed  ${terminal.style('gray', 'the same')}`
          : `  proposed  ${proposed.text.replaceAll('\n', '\n            ')}`,
      );
    }
    terminal.json({ accountId: accounts.accountId, answers });
    return 0;
  };
}
