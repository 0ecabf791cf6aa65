import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { AppError } from '@avito-autoreply/runtime';
import { kindOf } from './file-kind.ts';
import type { FileLimits } from './limits.ts';
import { isFileKind, type SourceKind } from './source.ts';

export function assertSize({
  bytes,
  kind,
  limits,
}: {
  bytes: number;
  kind: SourceKind;
  limits: FileLimits;
}): void {
  const most = limits.maxBytes[isFileKind(kind) ? kind : 'text'];
  if (bytes <= most) return;
  throw new AppError(`${bytes} bytes are too many, at most ${most} are read: split the file`, {
    code: 'knowledge.file-too-large',
  });
}

/** A file that is too large is not read at all. */
export async function readBytes(file: string, limits: FileLimits): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    assertSize({ bytes: size, kind: kindOf(file) ?? 'text', limits });
    return await readFile(file);
  } catch (error) {
    throw error instanceof AppError ? error : unreadable('the file', error);
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'cannot be read: this user lacks the right to, give it to him',
  EPERM: 'cannot be read: this user lacks the right to, give it to him',
  ENOENT: 'is gone since its folder was listed: sync again',
};

function unreadable(what: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const reason = REASONS[code] ?? `cannot be read (${code})`;
  return new AppError(`${what} ${reason}`, { code: 'knowledge.unreadable-file', cause });
}

/** Hidden ones, those of programs, and what Office puts beside a file that is open. */
const isPassedOver = (part: string) =>
  part.startsWith('.') || part.startsWith('~$') || part === 'node_modules';

export async function listFiles(folder: string, { maxFiles, maxFolderBytes }: FileLimits): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    const at = cause instanceof Error && 'path' in cause ? String(cause.path) : folder;
    throw unreadable(at, cause);
  });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((name) => !name.split('/').some(isPassedOver));
  if (names.length > maxFiles) {
    throw new AppError(
      `${folder} holds ${names.length} files, at most ${maxFiles} are read: sync its parts one by one`,
      {
        code: 'knowledge.too-many-files',
      },
    );
  }
  const sizes = await Promise.all(
    names.map(async (name) => {
      // One that is gone by now is told when it is read.
      const stats =
        kindOf(name) === undefined ? undefined : await stat(join(folder, name)).catch(() => undefined);
      return stats?.size ?? 0;
    }),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > maxFolderBytes) {
    throw new AppError(
      `${folder} holds ${bytes} bytes, at most ${maxFolderBytes} are read at a time: sync its parts one by one`,
      { code: 'knowledge.folder-too-large' },
    );
  }
  return names.toSorted();
}
