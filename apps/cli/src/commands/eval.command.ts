import { writeFile } from 'node:fs/promises';
import {
  type BeirComparison,
  beirPage,
  beirRun,
  compareBeir,
  evaluateBeir,
  readBeirRun,
} from '@avito-autoreply/rag';
import { openKnowledge } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import { ensureWritable } from '../output/report-file.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

type BeirOptions = { folder: string; html?: string | undefined; baseline?: string | undefined };

/** Measures the retriever that answers buyers; the corpus is removed again afterwards. */
export function evaluateBeirFolder({ folder, html, baseline }: BeirOptions): Command {
  return async (context) => {
    const { terminal, signal } = context;
    // Files first: a wrong name is told before minutes of work.
    await ensureWritable(html);
    const past = baseline === undefined ? undefined : await readBeirRun(baseline);
    const { store, rag, model } = await openKnowledge(context);
    const progress = createProgress({ terminal });
    const { figures, results, notes } = await evaluateBeir(
      { store, search: rag.search, retriever: rag.retriever, embedder: rag.embedder },
      {
        folder,
        signal,
        onProgress: ({ done, total }) => progress.update({ done, total, stage: 'questions' }),
      },
    ).finally(progress.stop);
    const embeddingModel = model?.embeddingModel ?? null;
    const run = beirRun({ at: new Date().toISOString(), folder, embeddingModel, ...figures, results });
    const comparison = past === undefined ? undefined : compareBeir(past.results, results);
    for (const note of notes) terminal.note(note);
    if (html !== undefined) {
      await writeFile(html, beirPage({ run, past, comparison }));
      terminal.note(`the report is in ${html}`);
    }
    for (const line of tableLines(
      Object.entries(figures).map(([name, value]) => [name, String(Math.round(value * 10_000) / 10_000)]),
    )) {
      terminal.line(line);
    }
    for (const line of comparison === undefined ? [] : comparisonLines(comparison)) terminal.line(line);
    terminal.json({ ...run, ...(comparison === undefined ? {} : { comparison }) });
    return 0;
  };
}

function comparisonLines({ common, ndcg, mrr, better, worse }: BeirComparison): string[] {
  const signed = (value: number) => `${value > 0 ? '+' : ''}${value.toFixed(4)}`;
  const line = (name: string, { before, now, difference, low, high }: BeirComparison['ndcg']) =>
    `${name}: ${before.toFixed(4)} → ${now.toFixed(4)} (${signed(difference)}, 95 % interval ${signed(low)} to ${signed(high)})`;
  return [
    '',
    `against the baseline, ${common} queries in common:`,
    line('ndcg@10', ndcg),
    line('mrr', mrr),
    `${better.length} better, ${worse.length} worse`,
  ];
}
