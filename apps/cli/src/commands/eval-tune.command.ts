import {
  type CrossValidated,
  defaultFusionWeights,
  readQuestionSet,
  tuneThresholds,
  tuneWeights,
} from '@avito-autoreply/rag';
import { withBase } from '../evaluation/base-of.ts';
import { openKnowledge } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import type { Command } from '../run-command.ts';

/** Looks for settings on the owner's questions; stores the thresholds with `save`, as far as they are better. */
export function tune({
  file,
  account,
  knowledge: path,
  save = false,
}: {
  file: string;
  account?: number | undefined;
  knowledge?: string | undefined;
  save?: boolean | undefined;
}): Command {
  return async (context) => {
    const { terminal, logger, signal } = context;
    const questions = await readQuestionSet(file);
    const opened = await openKnowledge(context);
    const { answerThresholds } = opened.store;
    const deps = { retriever: opened.rag.retriever, search: opened.rag.search, logger };
    const progress = createProgress({ terminal });
    const { accountId, thresholds, weights } = await withBase(
      context,
      { opened, path, account },
      async (asked) => ({
        accountId: asked.accountId,
        thresholds: await tuneThresholds(deps, {
          questions,
          asked,
          current: await answerThresholds.find({ accountId: asked.accountId }),
          signal,
          onProgress: ({ done, total }) => progress.update({ done, total, stage: 'settings' }),
        }),
        weights: await tuneWeights(deps, { questions, asked, current: defaultFusionWeights, signal }),
      }),
    ).finally(progress.stop);

    const isBetter = thresholds !== undefined && thresholds.low > 0;
    for (const line of tuningLines('thresholds', 'worth per question', thresholds)) terminal.line(line);
    for (const line of tuningLines('fusion weights', 'MRR@10', weights)) terminal.line(line);
    if (weights === undefined) terminal.line('fusion weights: nothing to tune without a search by meaning');
    if (save && isBetter) await answerThresholds.save({ accountId, thresholds: thresholds.chosen });
    if (save) {
      terminal.line(
        isBetter
          ? `thresholds stored for account ${accountId}`
          : 'nothing stored: the interval of the gain reaches down to 0, so the gain may be chance',
      );
    }
    terminal.json({ accountId, thresholds, weights, isStored: save && isBetter });
    return 0;
  };
}

function tuningLines(
  name: string,
  measure: string,
  found: CrossValidated<Record<string, number>> | undefined,
): string[] {
  if (found === undefined) return [];
  const { chosen, before, after, low, high, ofFolds } = found;
  const text = (choice: Record<string, number>) =>
    Object.entries(choice)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ');
  return [
    `${name}: ${text(chosen)}`,
    `  ${measure} ${before.toFixed(3)} → ${after.toFixed(3)} on questions that the choice did not see; gain ${(after - before).toFixed(3)}, 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`,
    `  the folds chose: ${ofFolds.map(text).join(' | ')}`,
  ];
}
