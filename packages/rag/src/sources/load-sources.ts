import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { AppError, errorCode, errorMessage } from '@avito-autoreply/runtime';
import { decodeText } from './decode-text.ts';
import type { Source, SourceFailure, SourceKind } from './source.ts';

export type LoadLimits = { maxFileBytes: number; maxFiles: number };
const defaultLimits: LoadLimits = { maxFileBytes: 5 * 1024 * 1024, maxFiles: 2_000 };

const KINDS: Record<string, SourceKind> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
  '.csv': 'pairs',
};

export type LoadedSources = {
  sources: Source[];
  /** Files that should have been read and could not; their documents are left as they are. */
  failed: SourceFailure[];
  /** Files of kinds that are not read. */
  skipped: string[];
  /** Set for a folder: documents under this prefix whose files are gone are removed by the sync. */
  keyPrefix: string | undefined;
};

/**
 * Reads a file, or a folder with everything below it (hidden files and links aside). Keys are the folder's name and
 * the path below it, so they stay the same on another machine, and for a file synced alone or with its folder.
 * Throws `knowledge.no-such-path` or `knowledge.too-many-files`; what is wrong with one file is in `failed`.
 */
export async function loadSources({
  path,
  limits = defaultLimits,
}: {
  path: string;
  limits?: LoadLimits;
}): Promise<LoadedSources> {
  const root = resolve(path);
  const stats = await lstat(root).catch((cause: unknown) => {
    throw new AppError(`${path}: there is no such file or folder`, {
      code: 'knowledge.no-such-path',
      cause,
    });
  });
  const isFolder = stats.isDirectory();
  const folder = isFolder ? root : dirname(root);
  const names = isFolder ? await listFiles(folder, limits) : [basename(root)];
  const loaded: LoadedSources = {
    sources: [],
    failed: [],
    skipped: [],
    keyPrefix: isFolder ? `${basename(folder)}/` : undefined,
  };
  for (const name of names) {
    const sourceKey = `${basename(folder)}/${name}`;
    const extension = extname(name).toLowerCase();
    const kind = KINDS[extension];
    if (kind === undefined && isFolder) {
      loaded.skipped.push(sourceKey);
      continue;
    }
    try {
      const text = await readText({ file: join(folder, name), kind, limits });
      const title = basename(name, extname(name));
      loaded.sources.push({ key: sourceKey, kind: kind ?? 'text', name: title, text });
    } catch (error) {
      loaded.failed.push({ sourceKey, code: errorCode(error), message: errorMessage(error) });
    }
  }
  return loaded;
}

async function listFiles(folder: string, { maxFiles }: LoadLimits): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((name) => !name.split('/').some((part) => part.startsWith('.') || part === 'node_modules'));
  if (names.length > maxFiles) {
    throw new AppError(
      `${folder} holds ${names.length} files, at most ${maxFiles} are read: sync its parts one by one`,
      {
        code: 'knowledge.too-many-files',
      },
    );
  }
  return names.toSorted();
}

async function readText({
  file,
  kind,
  limits,
}: {
  file: string;
  kind: SourceKind | undefined;
  limits: LoadLimits;
}): Promise<string> {
  if (kind === undefined) {
    throw new AppError(
      `${extname(file)} files are not read; the kinds are ${Object.keys(KINDS).join(', ')}`,
      {
        code: 'knowledge.unsupported-kind',
      },
    );
  }
  const { size } = await lstat(file);
  if (size > limits.maxFileBytes) {
    throw new AppError(
      `${size} bytes are too many, at most ${limits.maxFileBytes} are read: split the file`,
      {
        code: 'knowledge.file-too-large',
      },
    );
  }
  const text = decodeText(await readFile(file));
  if (text.trim() === '') throw new AppError('the file is empty', { code: 'knowledge.empty' });
  return text;
}
