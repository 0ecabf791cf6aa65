import { AppError } from '@avito-autoreply/runtime';
import type { z } from 'zod';

/** Thrown at start-up with every problem at once, one line each; `problems` holds the lines. */
export class ConfigError extends AppError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `the configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
      {
        code: 'config.invalid',
      },
    );
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as absent: `Number('')` would be 0, and Compose passes unset variables as empty. */
function withoutEmpty(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const trimmed = value?.trim();
      return trimmed ? [[name, trimmed]] : [];
    }),
  );
}

function problemLine(issue: z.core.$ZodIssue): string {
  const name = issue.path.map(String).join('.');
  return name === '' ? issue.message : `${name}: ${issue.message}`;
}

function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freezeDeep);
  }
  return value;
}

/** Parses an environment into one frozen object. Throws a ConfigError that lists all problems; values are never quoted. */
export function loadConfig<Schema extends z.ZodType>(schema: Schema, env: Environment): z.infer<Schema> {
  const result = schema.safeParse(withoutEmpty(env), { reportInput: false });
  if (!result.success) throw new ConfigError(result.error.issues.map(problemLine));
  return freezeDeep(result.data);
}
