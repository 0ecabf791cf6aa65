import { z } from 'zod';
import type { QuestionResult } from './evaluate-questions.ts';
import type { RunSummary } from './summarize-run.ts';
import { readStoredRun } from './stored-run.ts';

/** What `autoreply eval --questions … --json` prints; kept to compare later runs with. */
export type EvalRun = {
  format: 'autoreply-eval-1';
  at: string;
  questionsFile: string;
  /** Null: quotations without a model. */
  model: string | null;
  summary: RunSummary;
  results: QuestionResult[];
};

// Only what a comparison reads: a file of another release may hold more or less.
const runFile = z.object({
  format: z.literal('autoreply-eval-1'),
  at: z.string(),
  questionsFile: z.string(),
  model: z.string().nullable(),
  results: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      verdict: z.enum(['answered', 'refused', 'refused-falsely', 'wrong']),
      answer: z.object({ text: z.string() }),
    }),
  ),
});

export type PastRun = z.output<typeof runFile>;

/** Reads a stored run. Throws `eval.bad-run`. */
export const readRun = (file: string): Promise<PastRun> =>
  readStoredRun({ file, schema: runFile, printedBy: 'autoreply eval --questions … --json' });
