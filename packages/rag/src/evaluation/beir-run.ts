import { z } from 'zod';
import type { BeirReport, BeirResult } from './evaluate-beir.ts';
import { readStoredRun } from './stored-run.ts';

const FORMAT = 'autoreply-beir-1';

/** What `autoreply eval --beir … --json` prints; kept to compare later runs with. */
export type BeirRun = BeirReport & {
  format: typeof FORMAT;
  at: string;
  folder: string;
  /** Null: search by words only. */
  embeddingModel: string | null;
  results: readonly BeirResult[];
};

// Only what a comparison reads: a file of another release may hold more or less.
const runFile = z.object({
  format: z.literal(FORMAT),
  at: z.string(),
  embeddingModel: z.string().nullable(),
  results: z.array(
    z.object({ id: z.string(), question: z.string(), ndcg: z.number(), reciprocalRank: z.number() }),
  ),
});

export type PastBeirRun = z.output<typeof runFile>;

/** Reads a stored run. Throws `eval.bad-run`. */
export const readBeirRun = (file: string): Promise<PastBeirRun> =>
  readStoredRun({ file, schema: runFile, printedBy: 'autoreply eval --beir … --json' });

/** A run as it is printed and compared. */
export const beirRun = (run: Omit<BeirRun, 'format'>): BeirRun => ({ format: FORMAT, ...run });
