import { ownerText, reportKnowledge } from '@avito-autoreply/rag';
import { selectKnowledge } from '../account.ts';
import { openKnowledge } from '../knowledge.ts';
import { tellProblem } from '../output/tell-problem.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

const timeOf = (date: Date | null) =>
  date === null ? '–' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const rhythmOf = (minutes: number | null) =>
  minutes === null ? '–' : minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;

export function kbStatus({ account: wanted }: { account: number | undefined }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const { accountId, knowledgeAccountId } = await selectKnowledge({ environment, wanted });
    const { store } = await openKnowledge(context);
    const sources = await store.sources.list({ accountId: knowledgeAccountId });
    if (sources.length === 0)
      terminal.line(`account ${knowledgeAccountId} has no sources: autoreply kb sync <path>`);
    const rows = sources.map(({ sourceKey, kind, state, done, total, checkedAt, everyMinutes, itemId }) => [
      sourceKey,
      kind,
      state === 'syncing' && total > 0 ? `${state} ${done}/${total}` : state,
      timeOf(checkedAt),
      rhythmOf(everyMinutes),
      itemId === null ? '–' : String(itemId),
    ]);
    const header = ['source', 'kind', 'state', 'read', 'every', 'listing'];
    for (const line of rows.length === 0 ? [] : tableLines([header, ...rows])) terminal.line(line);
    for (const { sourceKey, error, warnings } of sources) {
      for (const warning of warnings) tellProblem(terminal, { sourceKey, ...warning, kind: 'warning' });
      if (error !== null) tellProblem(terminal, { sourceKey, ...error, kind: 'failed' });
    }
    terminal.json({
      accountId,
      knowledgeAccountId,
      sources: sources.map((source) => ({
        ...source,
        error: source.error === null ? null : { ...source.error, ownerText: ownerText(source.error.code) },
        warnings: source.warnings.map((warning) => ({ ...warning, ownerText: ownerText(warning.code) })),
      })),
    });
    return sources.some(({ state }) => state === 'failed') ? 1 : 0;
  };
}

export function kbReport({
  limit,
  account: wanted,
}: {
  limit: number;
  account: number | undefined;
}): Command {
  return async (context) => {
    const { environment, terminal, signal } = context;
    const { accountId, knowledgeAccountId } = await selectKnowledge({ environment, wanted });
    const { store } = await openKnowledge(context);
    const report = await reportKnowledge(store, { accountId: knowledgeAccountId, limit, signal });
    const { contradictions, duplicates, chunks, isCut } = report;
    for (const { kind, places } of contradictions) {
      terminal.line(
        terminal.style('red', `contradicting ${kind}: ${places.map(({ value }) => value).join(' and ')}`),
      );
      for (const { sourceKey, text } of places) terminal.line(`  ${sourceKey}: ${text}`);
    }
    for (const { similarity, places } of duplicates) {
      terminal.line(terminal.style('yellow', `said twice (${Math.round(similarity * 100)} % alike)`));
      for (const { sourceKey, text } of places)
        terminal.line(`  ${sourceKey}: ${text.replaceAll('\n', ' ').slice(0, 160)}`);
    }
    terminal.line(
      `${chunks} passages: ${contradictions.length} contradictions, ${duplicates.length} near duplicates${isCut ? ' (more with --limit)' : ''}`,
    );
    terminal.json({ accountId, knowledgeAccountId, ...report });
    return 0;
  };
}
