import { writeFile } from 'node:fs/promises';
import {
  compareRuns,
  type EvalRun,
  evaluateQuestions,
  missingSources,
  readQuestionSet,
  readRun,
  runPage,
  summarizeRun,
} from '@avito-autoreply/rag';
import { withBase } from '../evaluation/base-of.ts';
import { comparisonLines, failureLines, summaryLines } from '../evaluation/run-lines.ts';
import { openKnowledge } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import { ensureWritable } from '../output/report-file.ts';
import type { Command } from '../run-command.ts';

export type QuestionSetOptions = {
  file: string;
  account?: number | undefined;
  knowledge?: string | undefined;
  withoutModel?: boolean | undefined;
  html?: string | undefined;
  baseline?: string | undefined;
};

/** Asks the engine that answers buyers; a wrong answer is a figure of the report, not a failure of the command. */
export function evaluateQuestionSet({
  file,
  account,
  knowledge: path,
  withoutModel = false,
  html,
  baseline,
}: QuestionSetOptions): Command {
  return async (context) => {
    const { terminal, signal } = context;
    // Files first: a wrong name is told before minutes of work.
    const questions = await readQuestionSet(file, { onNote: terminal.note });
    await ensureWritable(html);
    const past = baseline === undefined ? undefined : await readRun(baseline);
    const opened = await openKnowledge(context);
    const progress = createProgress({ terminal });
    const results = await withBase(context, { opened, path, account }, async (asked) => {
      const documents = await opened.store.documents.list({ accountId: asked.knowledgeAccountId });
      const sourceKeys = documents.map(({ sourceKey }) => sourceKey);
      for (const source of missingSources({ questions, sourceKeys }))
        terminal.note(`${file}: the base has no source „${source}“, so no answer can come from it`);
      return evaluateQuestions(opened.rag, {
        questions,
        asked: { ...asked, withoutModel: withoutModel ? 'model-not-asked' : undefined },
        signal,
        onProgress: ({ done, total }) => progress.update({ done, total, stage: 'questions' }),
      });
    }).finally(progress.stop);

    const run: EvalRun = {
      format: 'autoreply-eval-1',
      at: new Date().toISOString(),
      questionsFile: file,
      model: withoutModel ? null : (opened.model?.chatModel ?? null),
      summary: summarizeRun(results),
      results,
    };
    const comparison = past === undefined ? undefined : compareRuns(past.results, results);
    if (html !== undefined) {
      await writeFile(html, runPage({ run, past, comparison, currency: opened.currency }));
      terminal.note(`the report is in ${html}`);
    }
    for (const line of summaryLines(run.summary, opened.currency)) terminal.line(line);
    for (const line of failureLines(results)) terminal.line(line);
    for (const line of comparison === undefined ? [] : comparisonLines(comparison)) terminal.line(line);
    terminal.json({ ...run, ...(comparison === undefined ? {} : { comparison }) });
    return 0;
  };
}
