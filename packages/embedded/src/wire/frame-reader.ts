import { AppError } from '@avito-autoreply/runtime';
import { type Frame, HEADER_BYTES } from './frames.ts';

// Postgres' own bound for the first message: a browser's `POST / HTTP/1.1` reads as a length far beyond it.
const MAX_STARTUP_BYTES = 10_000;
// The session lives in 2 GB of WebAssembly memory and copies a message several times.
const MAX_FRAME_BYTES = 256 * 1024 * 1024;

export type FrameReader = {
  /** Takes what the socket brought. */
  push: (chunk: Buffer) => void;
  /** The next whole message, if it has arrived. Throws AppError `embedded.wire-protocol` on a length that cannot be. */
  next: (kind: 'startup' | 'typed') => Frame | undefined;
};

/** Cuts a byte stream into messages. Chunks are joined once a message is complete, not each time one arrives. */
export function createFrameReader(): FrameReader {
  let chunks: Buffer[] = [];
  let available = 0;

  const joined = (): Buffer => {
    const [first, ...rest] = chunks;
    if (first === undefined) return Buffer.alloc(0);
    if (rest.length > 0) chunks = [Buffer.concat(chunks, available)];
    return chunks[0] ?? first;
  };
  // Only the header is needed to know how much is missing; the first chunk nearly always holds it.
  const head = (): Buffer => ((chunks[0]?.length ?? 0) >= HEADER_BYTES ? (chunks[0] ?? joined()) : joined());

  return {
    push: (chunk) => {
      chunks.push(chunk);
      available += chunk.length;
    },
    next: (kind) => {
      const lengthAt = kind === 'startup' ? 0 : 1;
      if (available < lengthAt + 4) return undefined;
      const length = head().readInt32BE(lengthAt);
      const max = kind === 'startup' ? MAX_STARTUP_BYTES : MAX_FRAME_BYTES;
      if (length < 4 || length > max) {
        throw new AppError(`a client of the embedded database sent a ${kind} message of ${length} bytes`, {
          code: 'embedded.wire-protocol',
        });
      }
      const size = lengthAt + length;
      if (available < size) return undefined;
      const all = joined();
      const rest = all.subarray(size);
      chunks = rest.length === 0 ? [] : [rest];
      available = rest.length;
      const type = kind === 'startup' ? '' : String.fromCharCode(all[0] ?? 0);
      return { type, bytes: all.subarray(0, size) };
    },
  };
}
