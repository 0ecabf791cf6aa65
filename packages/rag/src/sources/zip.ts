import { inflateRawSync } from 'node:zlib';
import { AppError, errorCode } from '@avito-autoreply/runtime';
import type { ParseLimits } from './limits.ts';

// Layout and signatures: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.16 and 4.5.3.
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;
const IS_ENCRYPTED = 1;
const LONG_FIELD = 0x0001;
/** Stands for a number that the field of long ones has. */
const IS_LONG = 0xffffffff;

type ZipLimits = Pick<ParseLimits, 'maxEntries' | 'maxEntryBytes' | 'maxExpansion'>;

export type Zip = {
  /** In lower case, of files alone. */
  names: readonly string[];
  /** Unpacks an entry by its name, or says that there is none. Throws `knowledge.broken-file`, `knowledge.bomb`, `knowledge.password-protected`. */
  read: (name: string) => Uint8Array | undefined;
};

/**
 * A packed file by its table of contents: only what is asked for is unpacked, and never more than the limits allow, whatever
 * sizes the file claims. Names of parts do not differ by case (ECMA-376-2, 6.2.2.3): what 1C packs as `SharedStrings.xml` is
 * referred to as `sharedStrings.xml`. Throws `knowledge.broken-file`, `knowledge.bomb`.
 */
export function openZip(bytes: Uint8Array, limits: ZipLimits): Zip {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = withinFile(() => entriesOf(file, limits));
  return {
    names: [...entries.keys()].filter((name) => !name.endsWith('/')),
    read: (name) => {
      const entry = entries.get(name.toLowerCase());
      return entry === undefined ? undefined : withinFile(() => unpack({ file, limits, ...entry }));
    },
  };
}

function withinFile<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (errorCode(error).startsWith('knowledge.')) throw error;
    throw broken('its table of contents points outside of it', error);
  }
}

type Entry = { flags: number; method: number; packedBytes: number; offset: number };

/** By their names in lower case. */
function entriesOf(file: Buffer, limits: ZipLimits): Map<string, Entry> {
  const end = findEnd(file);
  const count = file.readUInt16LE(end + 10);
  if (count > limits.maxEntries)
    throw bomb(`it holds ${count} entries, at most ${limits.maxEntries} are read`);
  const entries = new Map<string, Entry>();
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== ENTRY_SIGNATURE) throw broken('its table of contents is damaged');
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    // Some programs of Windows part folders in their own way.
    entries.set(name.replaceAll('\\', '/').toLowerCase(), {
      flags: file.readUInt16LE(at + 8),
      method: file.readUInt16LE(at + 10),
      ...placeOf(file, at, nameLength),
    });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

/** Services in Java write every number as a long one, for they do not know beforehand how large a file grows. */
function placeOf(file: Buffer, at: number, nameLength: number): Pick<Entry, 'packedBytes' | 'offset'> {
  const [size, packedBytes, offset] = [24, 20, 42].map((field) => file.readUInt32LE(at + field));
  const longs = longNumbers(file, at + 46 + nameLength, file.readUInt16LE(at + 30));
  const whole = (number = 0) => (number === IS_LONG ? (longs.shift() ?? number) : number);
  whole(size);
  return { packedBytes: whole(packedBytes), offset: whole(offset) };
}

function longNumbers(file: Buffer, from: number, bytes: number): number[] {
  for (let at = from; at + 4 <= from + bytes; at += 4 + file.readUInt16LE(at + 2)) {
    if (file.readUInt16LE(at) !== LONG_FIELD) continue;
    const count = Math.floor(file.readUInt16LE(at + 2) / 8);
    return Array.from({ length: count }, (_, index) => Number(file.readBigUInt64LE(at + 4 + index * 8)));
  }
  return [];
}

function findEnd(file: Buffer): number {
  const first = Math.max(0, file.length - END_BYTES - MAX_COMMENT);
  for (let at = file.length - END_BYTES; at >= first; at -= 1) {
    if (file.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  throw broken('its end is missing: copy or download it again');
}

function unpack({
  file,
  limits,
  flags,
  method,
  packedBytes,
  offset,
}: Entry & { file: Buffer; limits: ZipLimits }): Uint8Array {
  if ((flags & IS_ENCRYPTED) !== 0) {
    throw new AppError('the file is protected by a password: save it without one', {
      code: 'knowledge.password-protected',
    });
  }
  if (file.readUInt32LE(offset) !== LOCAL_SIGNATURE) throw broken('an entry is damaged');
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  const packed = file.subarray(start, start + packedBytes);
  if (packed.length < packedBytes) throw broken('an entry is cut off');
  // Small files may pack very well: what they unpack to is small all the same.
  const maxBytes = Math.min(limits.maxEntryBytes, Math.max(1024 * 1024, packedBytes * limits.maxExpansion));
  if (method === STORED && packed.length <= maxBytes) return packed;
  if (method !== DEFLATED) throw broken(`an entry is packed in a way that is not read (method ${method})`);
  try {
    return inflateRawSync(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    if (isTooLarge) throw bomb(`${packedBytes} bytes unpack to more than ${maxBytes}`);
    throw broken('an entry cannot be unpacked', error);
  }
}

const broken = (problem: string, cause?: unknown) =>
  new AppError(`the file is broken: ${problem}`, { code: 'knowledge.broken-file', cause });

const bomb = (problem: string) =>
  new AppError(`the file unpacks to more than a document holds: ${problem}`, { code: 'knowledge.bomb' });
