import { z } from 'zod';

/** One page of a list. `hasMore` is null when Avito does not say. */
export type Page<Key extends string, Entry> = Record<Key, Entry[]> & { hasMore: boolean | null };

const MAX_LIMIT = 100;
/** Entries further down than this and one more page cannot be reached. */
const MAX_OFFSET = 1000;

// Avito's bounds, and its default limit.
export const pageArguments = {
  limit: z.int().min(1).max(MAX_LIMIT).default(MAX_LIMIT),
  offset: z.int().min(0).max(MAX_OFFSET).default(0),
};

/** A page as it came: `received` counts also the entries that could not be read. */
export type ReceivedPage<Entry> = {
  entries: Entry[];
  received: number;
  hasMore: boolean | null;
  /** How many entries stand before the first that could not be read; absent where all could. */
  gapAfter?: number | undefined;
};

/**
 * All entries down to Avito's offset cap, each once: what arrives meanwhile pushes others onto the next page, where
 * they are met again. Pages are fetched as they are needed. `onGap` is called where an entry that could not be read stands.
 */
export async function* eachEntry<Entry extends { id: string }>(
  getPage: (page: { limit: number; offset: number }) => Promise<ReceivedPage<Entry>>,
  onGap: () => void = () => {},
): AsyncGenerator<Entry, void, undefined> {
  const limit = MAX_LIMIT;
  const seen = new Set<string>();
  for (let offset = 0, isLast = false; !isLast;) {
    const { entries, received, hasMore, gapAfter } = await getPage({ limit, offset });
    for (const [index, entry] of entries.entries()) {
      if (index === gapAfter) onGap();
      if (seen.has(entry.id)) continue;
      seen.add(entry.id);
      yield entry;
    }
    if (gapAfter === entries.length) onGap();
    const mayHaveMore = hasMore ?? received === limit;
    isLast = received === 0 || !mayHaveMore || offset === MAX_OFFSET;
    offset = Math.min(offset + received, MAX_OFFSET);
  }
}
