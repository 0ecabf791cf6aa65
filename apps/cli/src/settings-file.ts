import { readFile } from 'node:fs/promises';
import { type AnswerSettings, readSettingsFile } from '@avito-autoreply/rag';
import { errorMessage } from '@avito-autoreply/runtime';
import { UsageError } from './exit-code.ts';

/** The answer settings in a file. Throws a UsageError that names the file and all that is wrong with it. */
export async function readAnswerSettings(
  path: string,
  { code = 'answering.bad-settings' }: { code?: string } = {},
): Promise<AnswerSettings> {
  const refuse = (problem: string) => (cause: unknown) => {
    throw new UsageError(`${path} ${problem}: ${errorMessage(cause)}`, { code, cause });
  };
  const bytes = await readFile(path).catch(
    refuse('cannot be read, a JSON file of answer settings is expected'),
  );
  try {
    return readSettingsFile(bytes);
  } catch (error) {
    return refuse('holds no answer settings')(error);
  }
}
