const HEADER_BYTES = 20;
const BYTES_BEFORE_NUMBERS = 8;
const BYTES_PER_NUMBER = 2;

/**
 * Vectors as a parameter of type halfvec[], in Postgres' binary format: a tenth of their text, and nothing to parse on
 * either side. `elementOid` is the oid that the type halfvec has in this database.
 */
export function encodeHalfVectors(vectors: readonly (readonly number[])[], elementOid: number): Buffer {
  const numbers = vectors.reduce((sum, vector) => sum + vector.length, 0);
  const bytes = Buffer.alloc(
    HEADER_BYTES + vectors.length * BYTES_BEFORE_NUMBERS + numbers * BYTES_PER_NUMBER,
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // One dimension, no nulls, the type of the elements, how many, and the number of the first.
  for (const [index, value] of [1, 0, elementOid, vectors.length, 1].entries())
    view.setUint32(index * 4, value);
  let at = HEADER_BYTES;
  for (const vector of vectors) {
    view.setInt32(at, 4 + vector.length * BYTES_PER_NUMBER);
    view.setInt16(at + 4, vector.length);
    at += BYTES_BEFORE_NUMBERS;
    for (const number of vector) {
      view.setFloat16(at, number);
      at += BYTES_PER_NUMBER;
    }
  }
  return bytes;
}
