import { parentPort, workerData } from 'node:worker_threads';
import { errorCode, errorMessage } from '@avito-autoreply/runtime/errors';
import type { ParseLimits } from './limits.ts';
import { parseForeign } from './parse-foreign.ts';
import type { ForeignSource, ParsedSource } from './source.ts';

export type ThreadAnswer = { parsed: ParsedSource } | { failure: { code: string; message: string } };

// The thread of `createFileParser`: one file after the other, with an answer for each.
const limits = workerData as ParseLimits;
parentPort?.on('message', (source: ForeignSource) => {
  void parseForeign(source, limits)
    .then(
      (parsed): ThreadAnswer => ({ parsed }),
      (error: unknown): ThreadAnswer => ({
        failure: { code: errorCode(error), message: errorMessage(error) },
      }),
    )
    .then((answer) => parentPort?.postMessage(answer, []));
});
