import type { Environment } from '@avito-autoreply/config';

// What any Node program may need of the machine; nothing of ours, so that no stray variable reaches an app.
const OF_THE_MACHINE = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'NODE_EXTRA_CA_CERTS', 'NO_COLOR'];

/** The named variables that are set. */
export function definedOf(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The environment that all apps of a stack share. */
export function baseEnvOf(
  environment: Environment,
  defaults: Record<string, string>,
): Record<string, string> {
  return {
    ...definedOf(environment, OF_THE_MACHINE),
    ...defaults,
    ...definedOf(environment, ['LOG_LEVEL', 'LOG_FORMAT']),
  };
}
