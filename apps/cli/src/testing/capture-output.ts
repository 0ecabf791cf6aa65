import { PassThrough } from 'node:stream';
import type { Output } from '../output/terminal.ts';

/** Streams that keep what is written, as a pipe would. */
export function captureOutput(): { output: Output; stdout: () => string; stderr: () => string } {
  const written = { stdout: '', stderr: '' };
  const keeping = (name: keyof typeof written) =>
    new PassThrough().on('data', (chunk: Buffer) => (written[name] += chunk.toString('utf8')));
  return {
    output: { stdout: keeping('stdout'), stderr: keeping('stderr') },
    stdout: () => written.stdout,
    stderr: () => written.stderr,
  };
}
