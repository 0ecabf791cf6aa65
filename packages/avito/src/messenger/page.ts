import { z } from 'zod';

/** One page of a list. `hasMore` is null when Avito does not say. */
export type Page<Key extends string, Entry> = Record<Key, Entry[]> & { hasMore: boolean | null };

// Avito's bounds, and its default limit.
export const pageArguments = {
  limit: z.int().min(1).max(100).default(100),
  offset: z.int().min(0).max(1000).default(0),
};
