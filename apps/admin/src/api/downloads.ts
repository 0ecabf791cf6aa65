import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { z } from 'zod';
import type { Download } from './route.ts';

/** What a route with a download answers. */
export const fileResponse = z.custom<AsyncGenerator<Uint8Array>>();

/**
 * Sends the bytes as they come. What fails before the first of them is an error like any other; later the connection is
 * cut off, so that nobody takes a part for the whole.
 */
export async function sendFile(
  response: Response,
  { download: { type, fileName }, bytes }: { download: Download; bytes: AsyncGenerator<Uint8Array> },
): Promise<void> {
  const first = await bytes.next();
  response.set({ 'content-type': type, 'content-disposition': `attachment; filename="${fileName}"` });
  const all = async function* () {
    if (!first.done) yield first.value;
    yield* bytes;
  };
  await pipeline(Readable.from(all()), response);
}
