import { AppError } from '@avito-autoreply/runtime';
import type { KnowledgeStore } from '../ports.ts';
import type { Source, SourceFailure } from '../sources/source.ts';

/** What a sync found, and the prefix under which what it did not find is gone. */
type Present = {
  sources: readonly Source[];
  failed: readonly SourceFailure[];
  keyPrefix: string | undefined;
};

export const keysUnder = (keyPrefix: string | undefined, known: readonly { sourceKey: string }[]): string[] =>
  keyPrefix === undefined
    ? []
    : known.map(({ sourceKey }) => sourceKey).filter((key) => key.startsWith(keyPrefix));

/** Keys of the folder whose files are gone. */
export function vanishedOf(
  known: readonly { sourceKey: string }[],
  { sources, failed, keyPrefix }: Present,
): string[] {
  const present = new Set([...sources.map(({ key }) => key), ...failed.map(({ sourceKey }) => sourceKey)]);
  return keysUnder(keyPrefix, known).filter((key) => !present.has(key));
}

/** A document whose file is gone from the folder goes as well, and so does what was known of the file. */
export async function removeVanished({
  store,
  accountId,
  stored,
  ...present
}: Present & {
  store: KnowledgeStore;
  accountId: number;
  stored: readonly { sourceKey: string }[];
}): Promise<number> {
  if (present.keyPrefix === undefined) return 0;
  const removed = await store.documents.remove({ accountId, sourceKeys: vanishedOf(stored, present) });
  const known = await store.sources.list({ accountId });
  await store.sources.forget({ accountId, sourceKeys: vanishedOf(known, present) });
  return removed;
}

type Gone = { keyPrefix: string | undefined; lost: number; of: number };

/** Folders of one name may have a file of one name as well, so it is not enough that something is left. */
export const isMost = ({ lost, of }: Gone): boolean => lost > of / 2;

export const anotherFolder = ({ keyPrefix, lost, of }: Gone): AppError =>
  new AppError(
    `of the ${of} documents that the base has of ${keyPrefix}, ${lost} are not in this folder. Is it another one of the same name, ` +
      'or a drive that is not there? Rename it then; to have them removed, repeat with --replace',
    { code: 'knowledge.another-folder' },
  );
