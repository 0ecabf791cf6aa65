import { z } from 'zod';
import { AvitoRequestError } from './errors.ts';
import { problemsOf } from './wire/problems.ts';

export const userIdArgument = z.int().positive();
// As path segments these two would climb up the path, encoded or not.
export const chatIdArgument = z
  .string()
  .min(1)
  .refine((id) => id !== '.' && id !== '..', 'not a chat id');

/** Checks what a caller hands in before anything is sent; throws AvitoRequestError. */
export function checkArguments<T>(what: string, schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new AvitoRequestError(`${what}: ${problemsOf(parsed.error)}`, { code: 'avito.bad-request' });
}
