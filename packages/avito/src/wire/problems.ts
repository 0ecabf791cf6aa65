import type { z } from 'zod';

/** Where and why a value does not fit, without the value itself: it may be somebody's message. */
export const problemsOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.length === 0 ? 'body' : path.join('.')}: ${message}`)
    .join('; ');
