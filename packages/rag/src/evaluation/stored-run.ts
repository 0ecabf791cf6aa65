import { readFile } from 'node:fs/promises';
import { AppError } from '@avito-autoreply/runtime';
import type { z } from 'zod';

/** Reads what an earlier `autoreply eval … --json` printed. Throws `eval.bad-run`. */
export async function readStoredRun<Schema extends z.ZodType>({
  file,
  schema,
  printedBy,
}: {
  file: string;
  schema: Schema;
  /** The command that prints such a run. */
  printedBy: string;
}): Promise<z.output<Schema>> {
  const problem = (what: string, cause: unknown) =>
    new AppError(`${file} ${what}: a run is what \`${printedBy}\` printed`, { code: 'eval.bad-run', cause });
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw problem('cannot be read', cause);
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw problem('is no such run', cause);
  }
}
