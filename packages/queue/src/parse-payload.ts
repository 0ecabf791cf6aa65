import { AppError } from '@avito-autoreply/runtime';
import type { z } from 'zod';
import type { JobDefinition } from './define-job.ts';

/** Throws AppError `queue.bad-payload`, naming the fields but not their values. */
export function parsePayload<Schema extends z.ZodType>(
  { name, schema }: Pick<JobDefinition<Schema>, 'name' | 'schema'>,
  payload: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`,
  );
  throw new AppError(`the payload of ${name} does not fit its schema: ${problems.join('; ')}`, {
    code: 'queue.bad-payload',
    cause: parsed.error,
  });
}
