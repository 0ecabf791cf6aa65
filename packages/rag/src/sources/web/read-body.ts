import type { IncomingMessage } from 'node:http';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { AppError } from '@avito-autoreply/runtime';

function unpackerOf(encoding = '') {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    // Not asked for, but some servers have no other.
    case 'zstd':
      return createZstdDecompress();
    // Such as „utf-8“: a slip of the server, whose page is not packed.
    default:
      return undefined;
  }
}

/** The unpacked body. With `beginning`, what has come of it by then is enough. Throws `knowledge.file-too-large`. */
export async function readBody({
  response,
  maxBytes,
  beginning,
  signal,
  abort,
}: {
  response: IncomingMessage;
  maxBytes: number;
  beginning: number | undefined;
  signal: AbortSignal;
  /** The caller's own, which ends everything. */
  abort: AbortSignal | undefined;
}): Promise<{ body: Uint8Array; isCut: boolean }> {
  const unpacker = unpackerOf(response.headers['content-encoding']);
  if (unpacker !== undefined) response.once('error', (error) => unpacker.destroy(error));
  const stream = unpacker === undefined ? response : response.pipe(unpacker);
  const parts: Buffer[] = [];
  const bodyOf = (isCut: boolean) => ({
    body: new Uint8Array(Buffer.concat(parts).subarray(0, beginning)),
    isCut,
  });
  let length = 0;
  try {
    for await (const part of stream) {
      signal.throwIfAborted();
      const bytes = Buffer.from(part as Uint8Array);
      length += bytes.length;
      if (beginning === undefined && length > maxBytes) {
        throw new AppError(`the page holds more than ${maxBytes} bytes`, {
          code: 'knowledge.file-too-large',
        });
      }
      parts.push(bytes);
      if (beginning !== undefined && length > beginning) return bodyOf(true);
    }
    return bodyOf(false);
  } catch (error) {
    if (beginning === undefined || length === 0 || abort?.aborted === true) throw error;
    return bodyOf(true);
  } finally {
    response.destroy();
  }
}
