import { readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { databaseEnv, type Environment, loadConfig } from '@avito-autoreply/config';
import { z } from 'zod';

/**
 * Written by a stack that stays up on embedded services, so that other commands can use the same database: two
 * processes must never open its folder at the same time.
 */
const stackSchema = z.object({
  pid: z.int().positive(),
  databaseUrl: z.url(),
  /** What names the queue to the apps. */
  queueEnv: z.record(z.string(), z.string()).default({}),
  /** The account of the simulator and its address, where that one stands in for Avito. */
  avitoEnv: z.record(z.string(), z.string()).optional(),
});
export type RunningStack = z.output<typeof stackSchema>;

const PROBE_TIMEOUT_MS = 2_000;

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

// A process that ended without being waited for, or another one with its number, would seem to be the stack.
async function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), timeout: PROBE_TIMEOUT_MS });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once('connect', () => resolve(true));
  socket.once('timeout', () => resolve(false));
  socket.once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}

/** The stack that runs on this folder, or undefined: a file left behind by a process that died does not count. */
export async function readRunningStack({ dataDir }: { dataDir: string }): Promise<RunningStack | undefined> {
  const text = await readFile(pathIn(dataDir), 'utf8').catch(() => '');
  const { data: stack } = stackSchema.safeParse(parseJson(text));
  if (stack === undefined || !isAlive(stack.pid)) return undefined;
  return (await answers(stack.databaseUrl)) ? stack : undefined;
}

/** As above, unless the environment names another database: who does so means that installation. */
export async function readMeantStack({
  dataDir,
  environment,
}: {
  dataDir: string;
  environment: Environment;
}): Promise<RunningStack | undefined> {
  const running = await readRunningStack({ dataDir });
  const named = loadConfig(databaseEnv, environment).DATABASE_URL;
  return named === undefined || named === running?.databaseUrl ? running : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only its owner may read it: the address holds the embedded database's password. */
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
