import { writeFile } from 'node:fs/promises';
import type { StoredTurn } from '@avito-autoreply/database';
import {
  createRag,
  createStoredSettings,
  estimateReplay,
  type PastTurn,
  type Replay,
  replayPage,
  replayTurns,
  unreadIn,
} from '@avito-autoreply/rag';
import { z } from 'zod';
import { withBase } from '../evaluation/base-of.ts';
import { type ExitCode, UsageError } from '../exit-code.ts';
import { openKnowledge } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import { ensureWritable } from '../output/report-file.ts';
import { oneLine } from '../output/one-line.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';
import { readAnswerSettings } from '../settings-file.ts';

export type ReplayOptions = {
  account?: number | undefined;
  since?: Date | undefined;
  limit: number;
  settings?: string | undefined;
  model?: string | undefined;
  withoutModel?: boolean | undefined;
  knowledge?: string | undefined;
  maxCost?: number | undefined;
  estimate?: boolean | undefined;
  html?: string | undefined;
};

/** Past dialogues with other settings, another model or base; nothing is sent. */
export function replay(options: ReplayOptions): Command {
  const { account, since, limit, knowledge: path, maxCost, html, withoutModel = false } = options;
  return async (context) => {
    const { terminal, logger, signal } = context;
    const settings =
      options.settings === undefined
        ? undefined
        : await readAnswerSettings(options.settings, { code: 'replay.bad-settings' });
    await ensureWritable(html);
    const opened = await openKnowledge(context);
    const { pool, prices, currency, repositories } = opened;
    if (options.model !== undefined && opened.model === undefined)
      throw new UsageError('--model needs a model server: set OPENAI_API_KEY', { code: 'replay.no-model' });
    // Also where no chat model is to be asked: an embedding model finds passages all the same.
    const model = opened.model && { ...opened.model, chatModel: options.model ?? opened.model.chatModel };
    const { engine } = await createRag({
      pool,
      model,
      rerank: opened.rerank,
      prices,
      weightsOf: opened.store.retrievalSettings.weightsOf,
      thresholdsOf: opened.store.answerThresholds.find,
      approved: repositories.approvedAnswers,
      settingsOf: createStoredSettings(repositories.answerSettings),
      logger,
    });
    const progress = createProgress({ terminal });
    return withBase(context, { opened, path, account }, async (asked): Promise<ExitCode> => {
      const { accountId } = asked;
      const stored = await repositories.replay.listTurns({ accountId, since, limit });
      const turns = stored.map(toPastTurn);
      const chatModel = withoutModel ? undefined : model?.chatModel;
      const estimate = estimateReplay({ turns, model: chatModel, prices });
      const cost =
        estimate.cost === null
          ? 'an unknown price'
          : `about ${estimate.cost.toFixed(4)} ${currency ?? ''}`.trim();
      terminal.line(
        `${turns.length} turns, ${estimate.model ?? 'no model'}: ${estimate.inputTokens} + ${estimate.outputTokens} tokens at ${cost}`,
      );
      if (maxCost !== undefined && (estimate.cost === null || estimate.cost > maxCost)) {
        throw new UsageError(
          `the estimate, ${cost}, is above --max-cost ${maxCost}: lower --limit, or raise it${estimate.cost === null ? ' after giving the model a price in OPENAI_PRICES_FILE' : ''}`,
          { code: 'replay.too-expensive' },
        );
      }
      if (options.estimate === true) {
        terminal.json({ accountId, estimate });
        return 0;
      }
      const result = await replayTurns(
        { engine },
        {
          turns,
          asked: { ...asked, settings, withoutModel: withoutModel ? 'model-not-asked' : undefined },
          maxCost,
          signal,
          onProgress: ({ done, total }) => progress.update({ done, total, stage: 'turns' }),
        },
      ).finally(progress.stop);
      if (html !== undefined) {
        await writeFile(html, replayPage({ replay: result, change: changeText(options), currency }));
        terminal.note(`the report is in ${html}`);
      }
      for (const line of replayLines(result)) terminal.line(line);
      terminal.json({ accountId, estimate, ...result });
      return 0;
    });
  };
}

// As the worker stores it with the chat.
const storedItem = z.object({
  title: z.string().nullish(),
  priceString: z.string().nullish(),
  url: z.string().nullish(),
});

function toPastTurn({
  replyId,
  chatId,
  createdAt,
  question,
  history,
  item,
  itemId,
  trace,
  ...before
}: StoredTurn): PastTurn {
  const listing = storedItem.safeParse(item).data;
  return {
    id: replyId,
    chatId,
    at: createdAt,
    question,
    history: history.map(({ authorKind, text }) => ({
      author: authorKind === 'buyer' ? 'buyer' : 'us',
      text,
    })),
    item: listing && {
      title: listing.title ?? undefined,
      price: listing.priceString ?? undefined,
      url: listing.url ?? undefined,
    },
    itemId,
    unread: unreadIn(trace),
    before: { text: before.text, mode: before.mode, action: before.action },
  };
}

function changeText({ settings, model, withoutModel, knowledge }: ReplayOptions): string {
  const changes = [
    ...(settings === undefined ? [] : [`настройки ${settings}`]),
    ...(model === undefined ? [] : [`модель ${model}`]),
    ...(withoutModel === true ? ['без модели'] : []),
    ...(knowledge === undefined ? [] : [`база ${knowledge}`]),
  ];
  return changes.length === 0 ? 'Как настроено сейчас' : `Проверено: ${changes.join(', ')}`;
}

function replayLines({ turns, counts, left }: Replay): string[] {
  const changed = turns.filter(({ outcome }) => outcome !== 'same');
  return [
    ...tableLines(Object.entries(counts).map(([outcome, count]) => [outcome, String(count)])),
    ...(left === 0 ? [] : [`${left} turns were not asked: --max-cost is spent`]),
    ...changed.flatMap(({ outcome, question, before, now }) => [
      '',
      `${outcome}: ${oneLine(question)}`,
      `  before: ${oneLine(before.text)}`,
      `  now:    ${oneLine(now.text)}`,
    ]),
  ];
}
