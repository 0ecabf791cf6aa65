import { readFile } from 'node:fs/promises';
import { ConfigError } from './load-config.ts';

/** The JSON of a file that a variable names. Throws a ConfigError that never quotes the content: it may hold secrets. */
export async function readJsonFile({ variable, path }: { variable: string; path: string }): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError([
      `${variable}: ${path} cannot be read (${error instanceof Error ? error.message : String(error)})`,
    ]);
  }
  try {
    // Editors of Windows begin a file with a mark that JSON does not know.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // JSON.parse quotes the text around the mistake.
    const position = error instanceof SyntaxError ? (/position \d+/.exec(error.message)?.[0] ?? '') : '';
    throw new ConfigError([`${variable}: ${path} is not valid JSON ${position}`.trim()]);
  }
}
