import { z } from 'zod';
import { optional, optionalBoolean } from './fields.ts';
import { problemsOf } from './problems.ts';

const list = z
  .object({
    entries: z.array(z.unknown()).nullable(),
    meta: optional(z.object({ has_more: optionalBoolean })),
  })
  .transform(({ entries, meta }) => ({ entries: entries ?? [], hasMore: meta?.has_more ?? null }));

const anyObject = z.record(z.string(), z.unknown());

/** Avito answers lists in an object, and by its own documentation as a bare array: both are read. */
export const listEnvelope = (key: string) =>
  z.preprocess((body) => {
    if (Array.isArray(body)) return { entries: body };
    const { data } = anyObject.safeParse(body);
    return data && { entries: data[key], meta: data['meta'] };
  }, list);

/** Reads entry by entry: one that makes no sense must not hide the others. Reports it instead of throwing. */
export function readEntries<T>({
  entries,
  schema,
  onUnreadable,
}: {
  entries: readonly unknown[];
  schema: z.ZodType<T>;
  /** `after`: how many before it made sense. */
  onUnreadable: (problem: string, after: number) => void;
}): T[] {
  const read: T[] = [];
  for (const entry of entries) {
    const parsed = schema.safeParse(entry);
    if (parsed.success) read.push(parsed.data);
    else onUnreadable(problemsOf(parsed.error), read.length);
  }
  return read;
}
