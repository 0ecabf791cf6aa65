import { AppError, errorMessage } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { decodeText } from '../sources/decode-text.ts';
import { parseJson } from '../sources/parse-json.ts';
import { type AnswerSettings, answerSettingsSchema } from './answer-settings.ts';

/** Answer settings as somebody saved them, in whatever encoding. Throws `answering.bad-settings` with all that is wrong. */
export function readSettingsFile(bytes: Uint8Array): AnswerSettings {
  const bad = (problem: string, cause: unknown) =>
    new AppError(problem, { code: 'answering.bad-settings', cause });
  let content: unknown;
  try {
    content = parseJson(decodeText(bytes));
  } catch (error) {
    throw bad(errorMessage(error), error);
  }
  const parsed = answerSettingsSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw bad(z.prettifyError(parsed.error), parsed.error);
}
