import { open } from 'node:fs/promises';
import { errorMessage } from '@avito-autoreply/runtime';
import { UsageError } from '../exit-code.ts';

// It quotes buyers. Whoever wants to show it to others says so; a file that is there keeps its rights.
const FOR_ITS_OWNER = 0o600;

/** Before the work that the report is of: minutes of it, or money, are not lost to a wrong name. */
export async function ensureWritable(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const file = await open(path, 'a', FOR_ITS_OWNER).catch((cause: unknown) => {
    throw new UsageError(
      `${path} cannot be written (${errorMessage(cause)}): name a file in a folder that exists`,
      { code: 'cli.bad-report-file', cause },
    );
  });
  await file.close();
}
