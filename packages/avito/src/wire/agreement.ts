import { z } from 'zod';

/** Documented as {"ok":true}; an empty or different body of a success is taken as agreement, an express no is not. */
export const agreement = z
  .unknown()
  .refine((body) => !z.object({ ok: z.literal(false) }).safeParse(body).success, 'ok: false');
