import { AppError, errorCode } from '@avito-autoreply/runtime';

/** 0: done. 1: it failed, or there is something to mend. 2: the command was called the wrong way. */
export type ExitCode = 0 | 1 | 2;

/** The call itself was wrong: the same command works when it is called otherwise. Exit code 2. */
export class UsageError extends AppError {}

// What the packages say about an argument of ours.
const WRONG_ARGUMENTS: readonly string[] = [
  'answering.bad-pair',
  'answering.duplicate-question',
  'answering.unknown-gap',
  'answering.unknown-version',
  'knowledge.bad-csv',
  'knowledge.bad-json',
  'knowledge.broken-csv',
  'knowledge.broken-json',
  'knowledge.bad-export',
  'knowledge.bad-folder',
  'knowledge.folder-in-use',
  'knowledge.another-folder',
  'knowledge.no-such-path',
  'knowledge.url-bad',
  'knowledge.url-forbidden',
  'chat.unknown',
  'message.unknown',
  'reply.unknown',
  'webhook.bad-url',
  'eval.bad-folder',
  'eval.bad-questions',
  'eval.bad-run',
  'avito.empty-text',
  'avito.bad-request',
  'avito.image-type',
  'avito.image-too-large',
  'avito.text-too-long',
];

/** A wrong variable counts as a wrong call: both are mended by whoever typed the command. */
export function exitCodeOf(error: unknown): ExitCode {
  const code = errorCode(error);
  return error instanceof UsageError || code.startsWith('config.') || WRONG_ARGUMENTS.includes(code) ? 2 : 1;
}
