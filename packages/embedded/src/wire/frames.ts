/** One message of the Postgres protocol with its header. `type` is empty for the message that opens a connection. */
export type Frame = { type: string; bytes: Buffer };

// The header of a typed message: its letter, then the length (which counts itself, not the letter).
export const HEADER_BYTES = 5;

/** A typed message. Parts are strings (written with their closing zero) or raw bytes. */
export function frame(type: string, ...parts: (string | Uint8Array)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)),
  );
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(type, 'latin1');
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

/** The message that opens a connection. It has no letter. */
export function startupFrame(parameters: Record<string, string>): Buffer {
  const protocol3 = Buffer.of(0, 3, 0, 0);
  const body = frame('', protocol3, ...Object.entries(parameters).flat(), Buffer.of(0));
  return body.subarray(1);
}

/** A message that the session runs as one simple query. */
export const queryFrame = (sql: string): Buffer => frame('Q', sql);

/** Ends a sequence of the extended protocol. */
export const syncFrame = frame('S');

/** What the server says before it hangs up. The code is an SQLSTATE. */
export function fatalFrame({ code, message }: { code: string; message: string }): Buffer {
  return frame('E', 'SFATAL', 'VFATAL', `C${code}`, `M${message}`, Buffer.of(0));
}

/** The string that starts at `offset`, and where the next field begins. */
export function readString({ bytes, offset }: { bytes: Buffer; offset: number }): {
  value: string;
  next: number;
} {
  const zero = bytes.indexOf(0, offset);
  const end = zero === -1 ? bytes.length : zero;
  return { value: bytes.toString('utf8', offset, end), next: end + 1 };
}

/** The messages in a buffer that holds only whole ones, as a session's answer does. */
export function* framesIn(bytes: Buffer): Generator<Frame> {
  for (let start = 0; start + HEADER_BYTES <= bytes.length;) {
    const end = start + 1 + bytes.readInt32BE(start + 1);
    yield { type: String.fromCharCode(bytes[start] ?? 0), bytes: bytes.subarray(start, end) };
    start = end;
  }
}
