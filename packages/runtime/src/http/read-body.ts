import type { IncomingMessage } from 'node:http';
import { bodyProblems } from './body-problems.ts';
import { HttpError } from './http-error.ts';

type Problem = keyof typeof bodyProblems;

/**
 * The raw bytes of a request's body, whatever its type. Throws HttpError: `http.body-too-large` and
 * `http.unsupported-encoding` (a compressed body) once the client has sent all, so that it reads the answer, and
 * `http.aborted` when it goes away.
 */
export function readBody(request: IncomingMessage, { maxBytes }: { maxBytes: number }): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const refuse = (problem: Problem): void => {
    const { message, ...options } = bodyProblems[problem];
    reject(new HttpError(message, options));
  };
  const isPlain = (request.headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity';
  let chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (isPlain && size <= maxBytes) chunks.push(chunk);
    else chunks = [];
  });
  request.once('end', () => {
    if (!isPlain) refuse('encoded');
    else if (size > maxBytes) refuse('tooLarge');
    else resolve(Buffer.concat(chunks));
  });
  request.once('error', () => refuse('aborted'));
  return promise;
}
