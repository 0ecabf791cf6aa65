import type { KnowledgeStore } from '../ports.ts';
import { LISTINGS_PREFIX } from '../sources/listing.ts';
import { LISTINGS_KEY } from './sync-source.ts';

/** Removes sources with their documents; the listings with all of theirs. Returns which keys nobody knew. */
export async function removeSources(
  { store }: { store: KnowledgeStore },
  { accountId, sourceKeys }: { accountId: number; sourceKeys: readonly string[] },
): Promise<{ removed: number; unknown: string[] }> {
  const documents = (await store.documents.list({ accountId })).map(({ sourceKey }) => sourceKey);
  const sources = (await store.sources.list({ accountId })).map(({ sourceKey }) => sourceKey);
  const known = new Set([...documents, ...sources]);
  const below = sourceKeys.includes(LISTINGS_KEY)
    ? [...known].filter((key) => key.startsWith(LISTINGS_PREFIX))
    : [];
  const keys = [...new Set([...sourceKeys, ...below])];
  // The rows first: a source that is read again by itself would bring its document back.
  await store.sources.forget({ accountId, sourceKeys: keys });
  await store.documents.remove({ accountId, sourceKeys: keys });
  return {
    removed: sourceKeys.filter((key) => known.has(key)).length,
    unknown: sourceKeys.filter((key) => !known.has(key)),
  };
}
