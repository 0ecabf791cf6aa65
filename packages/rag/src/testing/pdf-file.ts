import { deflateSync } from 'node:zlib';

export type PdfPiece = { text: string; x?: number; y: number; size?: number };

const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');

const pageContent = (pieces: readonly PdfPiece[]) =>
  pieces
    .map(({ text, x = 50, y, size = 12 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm <${hex(text)}> Tj ET`)
    .join('\n');

// The codes of the font are those of Unicode.
const TO_UNICODE = `/CIDInit /ProcSet findresource begin begincmap /CMapName /U def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end`;

type PdfOptions = {
  /** Unpacked contents in the place of pages of text. */
  contents?: readonly Buffer[];
  /** More entries of the trailer, and objects that they refer to. */
  trailer?: string;
  extra?: readonly string[];
};

/** A small PDF as programs write it: with a font for all of Unicode, packed contents and a table of references. */
export function pdfFile(
  pages: readonly (readonly PdfPiece[])[],
  {
    contents = pages.map((page) => Buffer.from(pageContent(page))),
    trailer = '',
    extra = [],
  }: PdfOptions = {},
): Uint8Array {
  const objects: (string | Buffer)[] = [];
  const add = (object: string | Buffer): number => objects.push(object);
  const stream = (data: Buffer) => {
    const packed = deflateSync(data);
    return Buffer.concat([
      Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
      packed,
      Buffer.from('\nendstream'),
    ]);
  };
  add('<< /Type /Catalog /Pages 2 0 R >>');
  const kids = contents.map((_, index) => `${6 + index * 2} 0 R`).join(' ');
  add(`<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`);
  add(
    '<< /Type /Font /Subtype /Type0 /BaseFont /U /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>',
  );
  add(
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /U /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>',
  );
  add(stream(Buffer.from(TO_UNICODE)));
  for (const content of contents) {
    const number = objects.length + 1;
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${number + 1} 0 R >>`,
    );
    add(stream(content));
  }
  for (const object of extra) add(object);
  return assemble(objects, trailer);
}

function assemble(objects: readonly (string | Buffer)[], trailer: string): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const write = (part: string | Buffer) => {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    write(`${index + 1} 0 obj\n`);
    write(object);
    write('\nendobj\n');
  }
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  write(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`);
  write(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`);
  return new Uint8Array(Buffer.concat(parts));
}

/** Protected by a password that nobody tells: the keys are made up, so the empty password does not open it. */
export function protectedPdf(): Uint8Array {
  const encrypt = `<< /Filter /Standard /V 1 /R 2 /P -44 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`;
  return pdfFile([[{ text: 'тайна', y: 700 }]], {
    extra: [encrypt],
    trailer: `/Encrypt 8 0 R /ID [<${'01'.repeat(16)}> <${'01'.repeat(16)}>]`,
  });
}
