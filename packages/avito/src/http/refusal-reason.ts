import { z } from 'zod';

const MAX_REASON_CHARACTERS = 200;

const message = z.object({ message: z.string() });
// The messenger's, the gateway's, other sections' list, OAuth's and the items API's shape of the same thing.
const shapes = z.union([
  z.object({ error: message }).transform((body) => body.error.message),
  z.object({ result: message }).transform((body) => body.result.message),
  z
    .object({ errors: z.array(z.union([z.string(), message])).min(1) })
    .transform((body) =>
      body.errors.map((error) => (typeof error === 'string' ? error : error.message)).join('; '),
    ),
  z
    .object({ error: z.string(), error_description: z.string().nullish().catch(null) })
    .transform((body) => body.error_description ?? body.error),
  message.transform((body) => body.message),
]);

/** Avito's own words from an error body of any known shape; undefined for pages, emptiness and the unknown. */
export function refusalReason(text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = shapes.safeParse(body);
  const reason = data?.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_REASON_CHARACTERS);
  return reason === '' ? undefined : reason;
}
