import type { Request } from 'express';
import { z } from 'zod';
import { chatTypes } from './model.ts';
import { refuseFields } from './refusals.ts';

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);

/** Documented limits: 1..100 entries from 0..1000, so about the newest 1,100 can be reached. */
const page = {
  limit: wholeNumber.pipe(z.int().min(1).max(100)).default(100),
  offset: wholeNumber.pipe(z.int().min(0).max(1_000)).default(0),
};

/** Both ways to write an array: a repeated key, or values with commas. */
const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((part) => part.split(',')))
  .transform((parts) => parts.filter((part) => part !== ''));

export const voicesQuery = z.object({ voice_ids: list.pipe(z.array(z.string()).min(1)) });

const positiveNumber = wholeNumber.pipe(z.int().min(1));

export const itemsQuery = z.object({
  page: positiveNumber.default(1),
  // "Less than 100", says the documentation.
  per_page: positiveNumber.pipe(z.int().max(99)).default(25),
  status: list.pipe(z.array(z.enum(['active', 'removed', 'old', 'blocked', 'rejected']))).default(['active']),
  // Taken, and not acted upon: the listings here have neither a category nor a date.
  category: positiveNumber.optional(),
  updatedAtFrom: z.iso.date().optional(),
});

export const pageQuery = z.object(page);

export const chatsQuery = z.object({
  ...page,
  // Lower case only: a capitalised boolean is a 400 on the live API.
  unread_only: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(false),
  item_ids: list.pipe(z.array(z.string().regex(/^\d+$/).transform(Number))).default([]),
  chat_types: list.pipe(z.array(z.enum(chatTypes))).default(['u2i']),
});

/** Throws a 400 that names the fields. */
export function parseFields<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  throw refuseFields(
    Object.fromEntries(result.error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message])),
  );
}

export function parseQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  return parseFields(schema, request.query);
}

/** One page of entries, and whether there are more behind it. */
export function pageOf<T>(entries: readonly T[], { limit, offset }: z.infer<typeof pageQuery>) {
  return { entries: entries.slice(offset, offset + limit), hasMore: entries.length > offset + limit };
}
