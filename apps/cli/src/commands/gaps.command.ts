import { createAnswerGap, createGapCollector, GAP_DAYS } from '@avito-autoreply/rag';
import { selectKnowledge } from '../account.ts';
import { UsageError } from '../exit-code.ts';
import { openKnowledge } from '../knowledge.ts';
import { oneLine } from '../output/one-line.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };

/** Somebody waits at the terminal; after a long time without a look there may be much to gather. */
const COLLECT_MS = 20_000;

/** What buyers ask and nothing answers, the most asked first. */
export function gapsList({ limit, account: wanted }: Common & { limit: number }): Command {
  return async (context) => {
    const { environment, terminal, logger, signal } = context;
    const { accountId } = await selectKnowledge({ environment, wanted });
    const { repositories, rag } = await openKnowledge(context);
    const collectGaps = createGapCollector({ store: repositories.gaps, ...rag, logger });
    const { isComplete } = await collectGaps({ accountId, budgetMs: COLLECT_MS, signal });
    const { total, gaps } = await repositories.gaps.list({ accountId, days: GAP_DAYS, limit });
    if (total === 0) terminal.line(terminal.style('green', 'Every question of late has got an answer.'));
    for (const { gapId, question, count, chats, lastSeenAt, examples } of gaps) {
      const seen = lastSeenAt.toISOString().slice(0, 10);
      terminal.line(terminal.style('bold', oneLine(question)));
      terminal.line(terminal.style('gray', `  ${gapId}  asked ${count}× in ${chats} chats, last on ${seen}`));
      for (const example of examples) terminal.line(`  – ${oneLine(example.question)}`);
    }
    if (total > gaps.length) terminal.line(`… and ${total - gaps.length} more: --limit ${total}`);
    if (!isComplete) terminal.note('more questions are still to be gathered: run it again');
    terminal.json({ accountId, total, isComplete, gaps });
    return 0;
  };
}

/** The answer becomes an approved one, which the next question gets. */
export function gapsAnswer({
  gapId,
  answer,
  question,
  allWordings,
  account: wanted,
}: Common & {
  gapId: string;
  answer: string;
  question: string | undefined;
  allWordings: boolean;
}): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const accounts = await selectKnowledge({ environment, wanted });
    const { repositories } = await openKnowledge(context);
    const { gaps, approvedAnswers: approved } = repositories;
    const answerGap = createAnswerGap({ gaps, approved });
    const { questions } = await answerGap({ ...accounts, gapId, answer, question, allWordings });
    terminal.line('From now on this is the answer to:');
    for (const each of questions) terminal.line(`– ${oneLine(each)}`);
    terminal.json({ accountId: accounts.accountId, gapId, questions });
    return 0;
  };
}

export function gapsDismiss({ gapId, account: wanted }: Common & { gapId: string }): Command {
  return async (context) => {
    const { accountId } = await selectKnowledge({ environment: context.environment, wanted });
    const { repositories } = await openKnowledge(context);
    if (!(await repositories.gaps.close({ accountId, gapId, status: 'dismissed' }))) {
      throw new UsageError(`there is no gap ${gapId}: \`autoreply gaps\` shows their ids`, {
        code: 'answering.unknown-gap',
      });
    }
    context.terminal.line('dismissed: questions like it are not shown any more');
    context.terminal.json({ accountId, gapId });
    return 0;
  };
}
