import { crc32, deflateRawSync } from 'node:zlib';

type Entry = { name: string; data: Uint8Array; flags?: number };

/** A packed file as programs write it; `hasLongSizes` is how those write it that do not know beforehand how large it grows. */
export function zipFile(
  entries: readonly Entry[],
  { hasLongSizes = false }: { hasLongSizes?: boolean } = {},
): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, flags = 0 } of entries) {
    const packed = deflateRawSync(data);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, nameBytes, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const listed = Buffer.from(common);
    const long = Buffer.alloc(hasLongSizes ? 20 : 0);
    if (hasLongSizes) {
      listed.fill(0xff, 14, 22);
      listed.writeUInt16LE(long.length, 24);
      long.writeUInt16LE(1, 0);
      long.writeUInt16LE(16, 2);
      long.writeBigUInt64LE(BigInt(data.length), 4);
      long.writeBigUInt64LE(BigInt(packed.length), 12);
    }
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), listed, place, nameBytes, long]),
    );
    locals.push(local);
    offset += local.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, table, end]));
}

const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const STYLES = `<?xml version="1.0"?><w:styles ${NAMESPACE}>
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Z2"><w:name w:val="Заголовок 2"/></w:style>
<w:style w:styleId="L3"><w:name w:val="Свой"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style></w:styles>`;

/** A Word document with the given body; `links` are targets by ids; styles `1`, `Z2` and `L3` are headings of depth 1, 2 and 3. */
export function docxFile(
  body: string,
  {
    prolog = '',
    footnotes,
    links = {},
  }: { prolog?: string; footnotes?: string; links?: Record<string, string> } = {},
): Uint8Array {
  const xml = `<?xml version="1.0"?>${prolog}<w:document ${NAMESPACE}><w:body>${body}</w:body></w:document>`;
  return zipFile([
    { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
    { name: 'word/document.xml', data: Buffer.from(xml) },
    { name: 'word/styles.xml', data: Buffer.from(STYLES) },
    { name: 'word/_rels/document.xml.rels', data: Buffer.from(relationsXml(links)) },
    ...(footnotes === undefined
      ? []
      : [
          {
            name: 'word/footnotes.xml',
            data: Buffer.from(`<w:footnotes ${NAMESPACE}>${footnotes}</w:footnotes>`),
          },
        ]),
  ]);
}

const relationsXml = (links: Record<string, string>) =>
  `<Relationships><Relationship Id="rId1" Target="styles.xml"/>${Object.entries(links)
    .map(([id, target]) => `<Relationship Id="${id}" Target="${target}" TargetMode="External"/>`)
    .join('')}</Relationships>`;

export const paragraph = (text: string, properties = '') =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;
