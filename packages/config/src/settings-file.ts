import type { z } from 'zod';
import { settingsInFile } from './account-settings.ts';
import { ConfigError } from './load-config.ts';
import { readJsonFile } from './read-json-file.ts';

/** `AVITO_SETTINGS_FILE`: settings for all accounts, each of which may want it otherwise. */
export async function readSettingsFile(path: string): Promise<z.output<typeof settingsInFile>> {
  const variable = 'AVITO_SETTINGS_FILE';
  const result = settingsInFile.safeParse(await readJsonFile({ variable, path }), { reportInput: false });
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map(
      (issue) =>
        `${variable}: ${path}: ${[issue.path.map(String).join('.'), issue.message].filter(Boolean).join(': ')}`,
    ),
  );
}
