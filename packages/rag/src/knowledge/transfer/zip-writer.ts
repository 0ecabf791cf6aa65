import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { AppError } from '@avito-autoreply/runtime';

// Layout: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** 1 January 1980: the same files give the same bytes. */
const FIRST_DAY = 0x0021;
const MAX_ENTRIES = 0xffff;
const MAX_BYTES = 0xffffffff;

const pack = promisify(deflateRaw);

/** Packs files one by one as they come. Throws `knowledge.export-too-large` where the format has no room for more. */
export async function* zipped(
  files: AsyncIterable<{ path: string; text: string }>,
): AsyncGenerator<Uint8Array> {
  const listed: Buffer[] = [];
  let offset = 0;
  for await (const { path, text } of files) {
    const data = Buffer.from(text);
    const packed = await pack(data);
    const name = Buffer.from(path);
    if (listed.length === MAX_ENTRIES || offset + packed.length > MAX_BYTES) {
      throw new AppError(
        'the base is too large for one ZIP file: export it without vectors, or by `autoreply kb export`',
        {
          code: 'knowledge.export-too-large',
        },
      );
    }
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(FIRST_DAY, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    listed.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, place, name]));
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name]);
    offset += local.length + packed.length;
    yield local;
    yield packed;
  }
  const table = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(listed.length, 8);
  end.writeUInt16LE(listed.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  yield table;
  yield end;
}
