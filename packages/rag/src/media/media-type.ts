export type MediaKind = 'voice' | 'image';

type Signature = { kind: MediaKind; type: string; extension: string; at: number; bytes: string };

// The beginnings of files, in Latin-1. What a server calls them is not believed.
const signatures: readonly Signature[] = [
  { kind: 'voice', type: 'audio/mp4', extension: 'mp4', at: 4, bytes: 'ftyp' },
  { kind: 'voice', type: 'audio/ogg', extension: 'ogg', at: 0, bytes: 'OggS' },
  { kind: 'voice', type: 'audio/wav', extension: 'wav', at: 8, bytes: 'WAVE' },
  { kind: 'voice', type: 'audio/webm', extension: 'webm', at: 0, bytes: '\x1a\x45\xdf\xa3' },
  { kind: 'voice', type: 'audio/mpeg', extension: 'mp3', at: 0, bytes: 'ID3' },
  { kind: 'voice', type: 'audio/mpeg', extension: 'mp3', at: 0, bytes: '\xff\xfb' },
  { kind: 'image', type: 'image/jpeg', extension: 'jpg', at: 0, bytes: '\xff\xd8\xff' },
  { kind: 'image', type: 'image/png', extension: 'png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { kind: 'image', type: 'image/gif', extension: 'gif', at: 0, bytes: 'GIF8' },
  { kind: 'image', type: 'image/webp', extension: 'webp', at: 8, bytes: 'WEBP' },
];

export type MediaFile = { bytes: Uint8Array<ArrayBuffer>; type: string; extension: string };

/** What a file really is; undefined when it is nothing of the kind that models take. */
export function mediaFile(bytes: Uint8Array, kind: MediaKind): MediaFile | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const found = signatures.find((known) => known.kind === kind && head.startsWith(known.bytes, known.at));
  return found && { bytes: new Uint8Array(bytes), type: found.type, extension: found.extension };
}
