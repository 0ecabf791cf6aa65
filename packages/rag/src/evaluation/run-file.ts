import { readFile } from 'node:fs/promises';
import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { QuestionResult } from './evaluate-questions.ts';
import type { RunSummary } from './summarize-run.ts';

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
export async function readRun(file: string): Promise<PastRun> {
  const problem = (what: string, cause: unknown) =>
    new AppError(`${file} ${what}: a run is what \`autoreply eval --questions … --json\` printed`, {
      code: 'eval.bad-run',
      cause,
    });
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw problem('cannot be read', cause);
  });
  try {
    return runFile.parse(JSON.parse(text));
  } catch (cause) {
    throw problem('is no run', cause);
  }
}
