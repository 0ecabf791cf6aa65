import { newImageId } from './ids.ts';

const SIZES = ['1280x960', '640x480', '140x105', '32x32'];

/** The file types that the documentation names. */
const signatures: readonly ((bytes: Buffer) => boolean)[] = [
  (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  (bytes) => bytes.subarray(0, 8).equals(Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1')),
  (bytes) => bytes.subarray(0, 4).toString('latin1') === 'GIF8',
  (bytes) => bytes.subarray(0, 2).toString('latin1') === 'BM',
  (bytes) => /^ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(bytes.subarray(4, 12).toString('latin1')),
];

/** JPEG, PNG, GIF, BMP or HEIC, by the first bytes: names and content types are the client's word. */
export const isImage = (bytes: Buffer): boolean => signatures.some((fits) => fits(bytes));

/** The addresses of one uploaded image; the id is a part of each, as live clients rely on. */
export const imageSizes = (id: string): Record<string, string> =>
  Object.fromEntries(SIZES.map((size) => [size, `https://img.example/${size}/${id}.jpg`]));

export type ImageStore = {
  /** A new id for every upload, of the same file too. */
  add: (accountId: number) => string;
  has: (image: { id: string; accountId: number }) => boolean;
  clear: () => void;
};

/** Which account uploaded which image; the bytes are not kept. */
export function createImageStore(): ImageStore {
  const owners = new Map<string, number>();
  return {
    add: (accountId) => {
      const id = newImageId();
      owners.set(id, accountId);
      return id;
    },
    has: ({ id, accountId }) => owners.get(id) === accountId,
    clear: () => owners.clear(),
  };
}
