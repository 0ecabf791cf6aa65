import { AppError } from '@avito-autoreply/runtime';
import { jsonErrorAt } from './json-error.ts';

/** The value of a JSON text. Throws `knowledge.broken-json` with the place, and without what stands there. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { line, column, isEnd } = jsonErrorAt(text);
    const place = isEnd ? 'breaks off before its end' : `is broken in line ${line}, column ${column}`;
    throw new AppError(`the JSON ${place}`, { code: 'knowledge.broken-json', cause });
  }
}
