import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '@avito-autoreply/runtime';

type Owner = {
  pid: number;
  /** When that process began, as its kernel tells it: a pid alone may have passed to another process. */
  startedAt: string;
};

export type FolderLock = {
  /** Passes the lock to a child that outlives us if we are killed. */
  handTo: (pid: number) => void;
  release: () => void;
};

/**
 * Takes the lock file, from a process that is gone if need be. Two processes on one PGlite folder lose rows silently,
 * and PGlite itself does not object.
 * Throws AppError `embedded.locked` naming the living owner.
 */
export function acquireFolderLock({ file }: { file: string }): FolderLock {
  const temporary = `${file}.${process.pid}`;
  const write = (pid: number): void => {
    const owner: Owner = { pid, startedAt: processStart(pid) ?? '' };
    writeFileSync(temporary, JSON.stringify(owner), { mode: 0o600 });
  };

  let owner = process.pid;
  write(owner);
  try {
    if (!linkIfFree(temporary, file)) {
      refuseIfAlive(file);
      setAside({ file, aside: `${temporary}.stale` });
      if (!linkIfFree(temporary, file)) throw lockedError({ file, by: readOwner(file)?.pid });
    }
  } finally {
    rmSync(temporary, { force: true });
  }
  return {
    handTo: (pid) => {
      write(pid);
      renameSync(temporary, file);
      owner = pid;
    },
    release: () => {
      if (readOwner(file)?.pid === owner) rmSync(file, { force: true });
    },
  };
}

/** The process that holds the lock and is alive; undefined for a file that is missing, unreadable or left behind. */
function livingOwner(file: string): Owner | undefined {
  const owner = readOwner(file);
  if (owner === undefined || !isAlive(owner.pid)) return undefined;
  const startedAt = processStart(owner.pid);
  return startedAt === undefined || startedAt === owner.startedAt ? owner : undefined;
}

function refuseIfAlive(file: string): void {
  const owner = livingOwner(file);
  if (owner !== undefined) throw lockedError({ file, by: owner.pid });
}

function lockedError({ file, by }: { file: string; by: number | undefined }): AppError {
  return new AppError(
    `the data folder ${dirname(file)} is in use by process ${by ?? 'unknown'}: stop that process, or choose another folder`,
    { code: 'embedded.locked' },
  );
}

/** A link appears with its content in one step, and only where nothing is. */
function linkIfFree(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Moves a stale lock away. If another process took it over meanwhile, its lock is put back. */
function setAside({ file, aside }: { file: string; aside: string }): void {
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  try {
    if (livingOwner(aside) !== undefined) linkIfFree(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return isErrno(error, 'EPERM');
  }
}

/** Ticks from the machine's start to the process's; undefined where there is no /proc. */
function processStart(pid: number): string | undefined {
  try {
    // The name, in brackets, may hold blanks; the start is the 20th field behind it.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return undefined;
  }
}

const isErrno = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
