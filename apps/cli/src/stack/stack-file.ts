import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * Written by a stack that stays up on embedded services, so that other commands can use the same database: two
 * processes must never open its folder at the same time.
 */
const stackSchema = z.object({
  pid: z.int().positive(),
  databaseUrl: z.string(),
  redisUrl: z.string().optional(),
  accountId: z.int().positive(),
  avitoBaseUrl: z.string(),
  adminUrl: z.string(),
  ingestUrl: z.string(),
});
export type RunningStack = z.output<typeof stackSchema>;

const pathIn = (dataDir: string) => join(dataDir, 'stack.json');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The stack that runs on this folder, or undefined: a file left behind by a process that died does not count. */
export async function readRunningStack({ dataDir }: { dataDir: string }): Promise<RunningStack | undefined> {
  let text: string;
  try {
    text = await readFile(pathIn(dataDir), 'utf8');
  } catch {
    return undefined;
  }
  const parsed = stackSchema.safeParse(parseJson(text));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Addresses hold no passwords here: the embedded services listen on loopback without any. */
export async function writeRunningStack({
  dataDir,
  stack,
}: {
  dataDir: string;
  stack: RunningStack;
}): Promise<void> {
  await writeFile(pathIn(dataDir), `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
}

export async function removeRunningStack({ dataDir }: { dataDir: string }): Promise<void> {
  await rm(pathIn(dataDir), { force: true });
}
