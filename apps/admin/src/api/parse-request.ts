import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';

export type RequestParts = { params: unknown; query: unknown; body: unknown };

type Part = keyof RequestParts;

const partNames: Record<Part, string> = { params: 'the path', query: 'the query', body: 'the body' };

function problemsOf({ error, part }: { error: z.ZodError; part: Part }): string[] {
  return error.issues.map((issue) => {
    const field = issue.path.map(String).join('.');
    return `${field === '' ? partNames[part] : `${field} in ${partNames[part]}`}: ${issue.message}`;
  });
}

const nothing = z.strictObject({});

/**
 * Checks all parts of a request and throws one `request.invalid` with every problem at once. Values are never quoted:
 * they may be a buyer's words or somebody's key.
 */
export function parseRequest<
  Params extends z.ZodObject = typeof nothing,
  Query extends z.ZodObject = typeof nothing,
  Body extends z.ZodObject = typeof nothing,
>({
  schemas,
  parts,
}: {
  schemas: { params: Params | undefined; query: Query | undefined; body: Body | undefined };
  parts: RequestParts;
}): { params: z.infer<Params>; query: z.infer<Query>; body: z.infer<Body> } {
  const problems: string[] = [];
  const parse = <Schema extends z.ZodObject>(part: Part, schema: Schema | undefined): z.infer<Schema> => {
    const result = (schema ?? nothing).safeParse(parts[part] ?? {}, { reportInput: false });
    if (!result.success) problems.push(...problemsOf({ error: result.error, part }));
    // Only reached by the caller when there were no problems, so this is the schema's own output.
    return result.data as z.infer<Schema>;
  };
  const parsed = {
    params: parse('params', schemas.params),
    query: parse('query', schemas.query),
    body: parse('body', schemas.body),
  };
  if (problems.length > 0) {
    throw new HttpError(`The request cannot be used as it is. ${problems.join('; ')}.`, {
      status: 400,
      code: 'request.invalid',
    });
  }
  return parsed;
}
