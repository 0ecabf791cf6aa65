import { parentPort, workerData } from 'node:worker_threads';
import { errorCode, errorMessage } from '@avito-autoreply/runtime';
import type { ParseLimits } from './limits.ts';
import { parseFile, parseText } from './parse-source.ts';
import { isText, type ParsedSource, type Source } from './source.ts';

export type ThreadAnswer = { parsed: ParsedSource } | { failure: { code: string; message: string } };

// The thread of `createFileParser`: one file after the other, with an answer for each.
const limits = workerData as ParseLimits;
const parse = async (source: Source) => (isText(source) ? parseText(source) : parseFile(source, limits));
parentPort?.on('message', (source: Source) => {
  void parse(source)
    .then(
      (parsed): ThreadAnswer => ({ parsed }),
      (error: unknown): ThreadAnswer => ({
        failure: { code: errorCode(error), message: errorMessage(error) },
      }),
    )
    .then((answer) => parentPort?.postMessage(answer, []));
});
