import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { AppError, errorCode, errorMessage } from '@avito-autoreply/runtime';
import { cleanText } from '../text/normalize.ts';
import { decodeText } from './decode-text.ts';
import { adviceFor, kindOf, readExtensions } from './file-kind.ts';
import { defaultFileLimits, type FileLimits } from './limits.ts';
import { isJson } from './pairs.ts';
import { assertRecords } from './records.ts';
import { assertSize, listFiles, readBytes } from './read-files.ts';
import { isFileKind, type Source, type SourceFailure } from './source.ts';
import { trueKind } from './true-kind.ts';

export type LoadedSources = {
  sources: Source[];
  /** Files that should have been read and could not; their documents are left as they are. */
  failed: SourceFailure[];
  /** Files that are not meant for the base, by their kind or by what they hold, with the reason. */
  skipped: SourceFailure[];
  /** Set for a folder: documents under this prefix whose files are gone are removed by the sync. */
  keyPrefix: string | undefined;
};

/**
 * Reads a file, or a folder with everything below it (hidden files and links aside). Keys are the folder's name and
 * the path below it, so they stay the same on another machine, and for a file synced alone or with its folder.
 * Throws `knowledge.no-such-path`, `knowledge.unreadable-file` or `knowledge.too-many-files`; what is wrong with one file is in `failed`.
 */
export async function loadSources({
  path,
  itemId,
  limits = defaultFileLimits,
}: {
  path: string;
  /** The listing that all of it belongs to; else folders called `item-<id>` say so. */
  itemId?: number | undefined;
  limits?: FileLimits;
}): Promise<LoadedSources> {
  const root = resolve(path);
  // A link that is named is meant; links inside of a folder may lead anywhere, and are passed over.
  const stats = await stat(root).catch((cause: unknown) => {
    const hint = /^www\./i.test(path) ? '; an address of the web starts with https://' : '';
    throw new AppError(`${path}: there is no such file or folder${hint}`, {
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
    const file = join(folder, name);
    try {
      if (isFolder && kindOf(file) === undefined) {
        loaded.skipped.push({ sourceKey, ...unreadKind(file) });
        continue;
      }
      const bytes = await readBytes(file, limits);
      const other = isFolder ? otherJson(file, bytes) : undefined;
      if (other !== undefined) {
        loaded.skipped.push({ sourceKey, ...other });
        continue;
      }
      loaded.sources.push(
        sourceOf({
          key: sourceKey,
          fileName: basename(name),
          bytes,
          itemId: itemId ?? itemIdOf(name),
          limits,
        }),
      );
    } catch (error) {
      loaded.failed.push({ sourceKey, code: errorCode(error), message: errorMessage(error) });
    }
  }
  return loaded;
}

type Reason = { code: string; message: string };

function unreadKind(file: string): Reason {
  const advice = adviceFor(file);
  return {
    code: 'knowledge.unsupported-kind',
    message: advice === undefined ? 'of an unknown kind' : `of a kind that is not read: ${advice}`,
  };
}

/**
 * Why JSON of a folder is left alone; undefined for what is read. It is used for many things: only questions with answers and
 * tables are meant for us, or what broke while somebody wrote one.
 */
function otherJson(file: string, bytes: Uint8Array): Reason | undefined {
  if (extname(file).toLowerCase() !== '.json') return undefined;
  try {
    const text = cleanText(decodeText(bytes));
    if (isJson(text)) assertRecords(text);
  } catch (error) {
    if (errorCode(error) === 'knowledge.bad-json')
      return { code: errorCode(error), message: errorMessage(error) };
  }
  return undefined;
}

/** What lies in a folder called `item-7632548911` belongs to that listing. */
function itemIdOf(name: string): number | undefined {
  const id = Number(/(?:^|\/)item-(\d{1,15})\//.exec(name)?.[1] ?? 0);
  return id > 0 ? id : undefined;
}

/**
 * A file's bytes as a source, by its extension where its bytes do not say otherwise. Throws `knowledge.unsupported-kind`,
 * `knowledge.is-…`, `knowledge.file-too-large`, `knowledge.not-text`, `knowledge.empty`.
 */
export function sourceOf({
  key,
  fileName,
  bytes,
  itemId,
  limits = defaultFileLimits,
}: {
  key: string;
  fileName: string;
  bytes: Uint8Array;
  itemId?: number | undefined;
  limits?: FileLimits;
}): Source {
  const named = kindOf(fileName);
  if (named === undefined) {
    const advice = adviceFor(fileName) ?? `the kinds are ${readExtensions.join(', ')}`;
    throw new AppError(`${extname(fileName) || 'such'} files are not read: ${advice}`, {
      code: 'knowledge.unsupported-kind',
    });
  }
  const kind = trueKind({ bytes, named });
  assertSize({ bytes: bytes.length, kind, limits });
  const known = {
    key,
    name: basename(fileName, extname(fileName)),
    ...(itemId === undefined ? {} : { itemId }),
  };
  if (isFileKind(kind)) {
    if (bytes.length === 0) throw empty();
    return { ...known, kind, bytes };
  }
  const text = decodeText(bytes);
  if (text.trim() === '') throw empty();
  return { ...known, kind, text };
}

const empty = () => new AppError('the file is empty', { code: 'knowledge.empty' });
