type Size = { width: number; height: number };
type Reader = (bytes: Buffer) => Size | undefined;

const png: Reader = (bytes) =>
  bytes.toString('latin1', 1, 4) === 'PNG'
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : undefined;

const gif: Reader = (bytes) =>
  bytes.toString('latin1', 0, 4) === 'GIF8'
    ? { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
    : undefined;

// A negative height means that the rows run from the top.
const bmp: Reader = (bytes) =>
  bytes.toString('latin1', 0, 2) === 'BM'
    ? { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) }
    : undefined;

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Walks from segment to segment up to the frame, which holds the size. */
const jpeg: Reader = (bytes) => {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (isFrame(bytes.readUInt8(at + 1)))
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return undefined;
};

/** The largest of the sizes that the file's properties name: a picture may be stored in tiles. */
const heic: Reader = (bytes) => {
  const sizes: Size[] = [];
  for (let at = bytes.indexOf('ispe'); at >= 0; at = bytes.indexOf('ispe', at + 4)) {
    sizes.push({ width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) });
  }
  return sizes.toSorted((left, right) => right.width * right.height - left.width * left.height)[0];
};

/** Megapixels by the file's own header; undefined where it names no size. Nothing is decoded. */
export function megapixelsOf(bytes: Buffer): number | undefined {
  try {
    const size = png(bytes) ?? gif(bytes) ?? bmp(bytes) ?? jpeg(bytes) ?? heic(bytes);
    return size && (size.width * size.height) / 1_000_000;
  } catch (error) {
    // The file ends before its header does.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
