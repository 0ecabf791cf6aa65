import { writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { errorMessage, type Logger } from '@avito-autoreply/runtime';

/** Keeps a request for `autoreply webhook diagnose`. Never throws, and nobody waits for it. */
export type CaptureRequest = (request: {
  path: string;
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
}) => void;

/**
 * Writes the first request with a signature into a file that only its owner may read, and then no more: it holds a
 * buyer's message, and the token in its path. A file that is there already is left as it is.
 */
export function createCaptureRequest({ file, logger }: { file: string; logger: Logger }): CaptureRequest {
  let isDone = false;
  return ({ path, headers, rawBody }) => {
    if (isDone || !Object.keys(headers).some((name) => name.includes('signature'))) return;
    isDone = true;
    const capture = { path, headers, bodyBase64: rawBody.toString('base64') };
    writeFile(file, `${JSON.stringify(capture, null, 2)}\n`, { mode: 0o600, flag: 'wx' }).then(
      () =>
        logger.warn(
          'one webhook request captured; unset AVITO_WEBHOOK_CAPTURE_FILE and delete the file after use',
          { file },
        ),
      (error: unknown) =>
        logger.warn('the webhook request was not captured', { file, problem: errorMessage(error) }),
    );
  };
}
