import { z } from 'zod';
import { AvitoRequestError } from './errors.ts';
import { problemsOf } from './wire/problems.ts';

export const userIdArgument = z.int().positive();
// As path segments these two would climb up the path, encoded or not.
const pathSegment = (what: string) =>
  z
    .string()
    .min(1)
    .refine((id) => id !== '.' && id !== '..', `not a ${what} id`);
export const chatIdArgument = pathSegment('chat');
export const messageIdArgument = pathSegment('message');

/** Checks what a caller hands in before anything is sent; throws AvitoRequestError. */
export function checkArguments<T>(what: string, schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new AvitoRequestError(`${what}: ${problemsOf(parsed.error)}`, { code: 'avito.bad-request' });
}
