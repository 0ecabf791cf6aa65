import { execFile, spawn } from 'node:child_process';
import { chown, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createPool } from '@avito-autoreply/database';
import { AppError, silentLogger } from '@avito-autoreply/runtime';
import { comesTrue } from './comes-true.ts';
import { type RunningProcess, runningProcess } from './running-process.ts';

const exec = promisify(execFile);
const START_MS = 60_000;

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** `<root>/lib/postgresql/<version>/bin` has its extensions in `<root>/share/postgresql/<version>/extension`. */
const hasVector = (bin: string): Promise<boolean> => {
  const version = dirname(bin).split('/').at(-1) ?? '';
  return exists(join(bin, '../../../../share/postgresql', version, 'extension/vector.control'));
};

/**
 * The folder of a Postgres with pgvector: the one that is named, else that of `postgres` on PATH, else Debian's.
 * Undefined where there is none.
 */
export async function findPostgres({
  named,
  searchPath,
}: {
  named: string | undefined;
  searchPath: string;
}): Promise<string | undefined> {
  const onPath = searchPath.split(delimiter).map((folder) => join(folder, 'postgres'));
  const resolved = await Promise.all(onPath.map((path) => realpath(path).then(dirname, () => undefined)));
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const debian = versions.toReversed().map((version) => `/usr/lib/postgresql/${version}/bin`);
  for (const bin of [named, ...resolved, ...debian]) {
    if (bin !== undefined && (await hasVector(bin))) return bin;
  }
  return undefined;
}

// Postgres refuses to run as root; Debian's own user has nothing but databases.
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = async (flag: string) => Number((await exec('id', [flag, 'postgres'])).stdout);
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

/** A cluster of one's own in `folder`, which can be started again and again. */
export async function preparePostgres({ bin, folder, port }: { bin: string; folder: string; port: number }) {
  const user = await unprivileged();
  const data = join(folder, 'data');
  await mkdir(folder, { recursive: true });
  if (user) await chown(folder, user.uid, user.gid);
  await exec(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'],
    { ...user, cwd: folder },
  );
  const databaseUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  // fsync off: a kill -9 loses nothing that the kernel has, and no power is cut here.
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    max_connections: 200,
  };

  const answers = async (): Promise<boolean> => {
    const pool = createPool({ url: databaseUrl, max: 1, logger: silentLogger });
    try {
      await pool.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      await pool.end();
    }
  };

  return {
    databaseUrl,
    start: async (): Promise<RunningProcess> => {
      const child = spawn(
        join(bin, 'postgres'),
        ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
        { ...user, cwd: folder, stdio: 'ignore', detached: true },
      );
      const running = runningProcess(child, 'SIGINT');
      // After a kill the children of the one before may still be leaving: then it ends at once, and is started again.
      const isInVain = running.hasEnded;
      if (await comesTrue(answers, { withinMs: START_MS, everyMs: 50, isInVain })) return running;
      await running.kill();
      throw new AppError(`postgres in ${folder} did not start`, { code: 'faults.postgres-failed' });
    },
  };
}
