import { z } from 'zod';

// A reader of Avito's JSON asks only for what it cannot do without. Everything else may be missing, null or odd.

/** Ids exceed 32 bits; some senders write them as text. */
export const numericId = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
/** Ids of chats and messages. The length keeps them fit for keys of rows and jobs. */
export const textId = z.string().min(1).max(200);
// The range of a Date; anything beyond makes an invalid one.
const MAX_UNIX_SECONDS = 8.64e12;
export const unixSeconds = z
  .number()
  .min(0)
  .max(MAX_UNIX_SECONDS)
  .transform((seconds) => new Date(seconds * 1_000));

const orNull = <T>(schema: z.ZodType<T>) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);

export const optionalId = orNull(numericId);
export const optionalTime = orNull(unixSeconds);
export const optionalText = orNull(z.string());
export const optionalBoolean = orNull(z.boolean());
export const optional = orNull;
