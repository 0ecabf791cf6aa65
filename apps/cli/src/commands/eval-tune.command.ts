import {
  type CrossValidated,
  defaultFusionWeights,
  readQuestionSet,
  CONFIDENCE_VERSION,
  isOutdated,
  tuneThresholds,
  validThresholds,
  tuneWeights,
} from '@avito-autoreply/rag';
import { selectKnowledge } from '../account.ts';
import { withBase } from '../evaluation/base-of.ts';
import { openKnowledge } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import type { Command } from '../run-command.ts';

/** Looks for settings on the owner's questions; stores them with `save`, as far as they are better. */
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
    const questions = await readQuestionSet(file, { onNote: terminal.note });
    const opened = await openKnowledge(context);
    const { answerThresholds, retrievalSettings } = opened.store;
    const deps = { retriever: opened.rag.retriever, search: opened.rag.search, logger };
    const progress = createProgress({ terminal });
    // Weights belong to the base, which another account may have lent.
    const { knowledgeAccountId } = await selectKnowledge({
      environment: context.environment,
      wanted: account,
    });
    const { accountId, found, thresholds, weights } = await withBase(
      context,
      { opened, path, account },
      async (asked) => {
        const found = await answerThresholds.find({ accountId: asked.accountId });
        return {
          accountId: asked.accountId,
          found,
          thresholds: await tuneThresholds(deps, {
            questions,
            asked,
            current: validThresholds(found),
            signal,
            onProgress: ({ done, total }) => progress.update({ done, total, stage: 'settings' }),
          }),
          weights: await tuneWeights(deps, {
            questions,
            asked,
            current:
              (await retrievalSettings.weightsOf({ accountId: knowledgeAccountId })) ?? defaultFusionWeights,
            signal,
          }),
        };
      },
    ).finally(progress.stop);

    if (isOutdated(found))
      terminal.line(
        'thresholds that were stored under earlier weights do not count any more: store new ones with --save',
      );
    for (const line of tuningLines('thresholds', 'worth per question', thresholds)) terminal.line(line);
    for (const line of tuningLines('fusion weights', 'MRR@10', weights)) terminal.line(line);
    if (weights === undefined) terminal.line('fusion weights: nothing to tune without a search by meaning');
    const stored: string[] = [];
    if (save && isGain(thresholds)) {
      await answerThresholds.save({
        accountId,
        thresholds: { ...thresholds.chosen, confidenceVersion: CONFIDENCE_VERSION },
      });
      stored.push('thresholds');
    }
    if (save && isGain(weights)) {
      await retrievalSettings.saveWeights({ accountId: knowledgeAccountId, weights: weights.chosen });
      stored.push('fusion weights');
    }
    if (save) {
      terminal.line(
        stored.length > 0
          ? `${stored.join(' and ')} stored for account ${accountId}`
          : 'nothing stored: the intervals of the gains reach down to 0, so they may be chance',
      );
    }
    terminal.json({ accountId, thresholds, weights, stored });
    return 0;
  };
}

/** A gain whose interval reaches down to 0 may be chance. */
const isGain = <T>(found: CrossValidated<T> | undefined): found is CrossValidated<T> =>
  found !== undefined && found.low > 0;

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
