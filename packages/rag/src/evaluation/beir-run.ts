import { readFile } from 'node:fs/promises';
import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { BeirReport, BeirResult } from './evaluate-beir.ts';

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
export async function readBeirRun(file: string): Promise<PastBeirRun> {
  const problem = (what: string, cause: unknown) =>
    new AppError(`${file} ${what}: a run is what \`autoreply eval --beir … --json\` printed`, {
      code: 'eval.bad-run',
      cause,
    });
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw problem('cannot be read', cause);
  });
  try {
    return runFile.parse(JSON.parse(text));
  } catch (cause) {
    throw problem('is no run of a BEIR folder', cause);
  }
}

/** A run as it is printed and compared. */
export const beirRun = (run: Omit<BeirRun, 'format'>): BeirRun => ({ format: FORMAT, ...run });
