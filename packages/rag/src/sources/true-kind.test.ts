import { expect, test } from 'vitest';
import { pdfFile } from '../testing/pdf-file.ts';
import { rowsXml, xlsxFile } from '../testing/xlsx-file.ts';
import { docxFile, paragraph, zipFile } from '../testing/zip-file.ts';
import { sourceOf } from './load-sources.ts';
import { parseForeign } from './parse-foreign.ts';
import { defaultParseLimits } from './limits.ts';
import { isPlain } from './source.ts';

const bytesOf = (content: string | Uint8Array, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(typeof content === 'string' ? Buffer.from(content, encoding) : content);
const take = (fileName: string, bytes: Uint8Array) => sourceOf({ key: fileName, fileName, bytes });

const words = 'Доставка по городу стоит 490 рублей.';
const pdf = pdfFile([[{ text: words, y: 700 }]]);
const docx = docxFile(paragraph(words));
const xlsx = xlsxFile({ sheets: [{ rows: rowsXml([[words]]) }] });
const page = '<!DOCTYPE html><html><body><p>Войдите</p></body></html>';

test.each([
  ['a PDF named .docx', 'прайс.docx', pdf, 'pdf'],
  ['a PDF named .txt', 'прайс.txt', pdf, 'pdf'],
  ['a Word document named .txt', 'прайс.txt', docx, 'docx'],
  ['a Word document named .pdf', 'прайс.pdf', docx, 'docx'],
  ['a Word document named .html', 'прайс.html', docx, 'docx'],
  ['an Excel table named .csv', 'прайс.csv', xlsx, 'xlsx'],
  ['an Excel table named .docx', 'прайс.docx', xlsx, 'xlsx'],
  ['a Word document named .xlsx', 'прайс.xlsx', docx, 'docx'],
])('%s is read as what it is', async (_, fileName, bytes, kind) => {
  const source = take(fileName, bytesOf(bytes));
  expect(source).toMatchObject({ kind, name: 'прайс' });
  if (isPlain(source)) throw new Error('read as a text');
  const { sections } = await parseForeign(source, defaultParseLimits);
  expect(sections.flatMap(({ blocks }) => blocks)).toEqual([words]);
});

test.each([
  ['a page named .pdf', 'a.pdf', bytesOf(page), 'knowledge.is-web-page', 'rename it to .html'],
  ['a page named .xlsx', 'a.xlsx', bytesOf(page), 'knowledge.is-web-page', 'rename it to .html'],
  ['a page named .docx', 'a.docx', bytesOf(`\uFEFF\n${page}`), 'knowledge.is-web-page', '.html'],
  [
    'an old document named .pdf',
    'a.pdf',
    bytesOf('d0cf11e0a1b11ae1', 'hex'),
    'knowledge.is-old-office',
    '.docx',
  ],
  ['an RTF named .docx', 'a.docx', bytesOf('{\\rtf1\\ansi text}'), 'knowledge.is-rtf', 'save it as .docx'],
  ['an RTF named .txt', 'a.txt', bytesOf('{\\rtf1\\ansi text}'), 'knowledge.is-rtf', 'save it as .docx'],
  ['a PNG named .pdf', 'a.pdf', bytesOf('89504e470d0a1a0a', 'hex'), 'knowledge.is-picture', 'OCR'],
  ['a JPEG named .docx', 'a.docx', bytesOf('ffd8ffe000104a464946', 'hex'), 'knowledge.is-picture', 'OCR'],
  ['a photo named .txt', 'a.txt', bytesOf('\0\0\0\x18ftypheic'), 'knowledge.is-picture', 'OCR'],
  [
    'a binary table named .xlsx',
    'a.xlsx',
    bytesOf(zipFile([{ name: 'xl/workbook.bin', data: Buffer.from('a') }])),
    'knowledge.is-spreadsheet',
    'save it as .xlsx',
  ],
  [
    'an archive named .csv',
    'a.csv',
    bytesOf(zipFile([{ name: 'a.txt', data: Buffer.from('a') }])),
    'knowledge.is-archive',
    'unpack it',
  ],
])('%s is told by what it is, with what to do', (_, fileName, bytes, code, advice) => {
  expect(() => take(fileName, bytes)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(advice) }),
  );
});

test.each([
  ['a.txt', page, 'text'],
  ['a.md', `${page}\n# Цены`, 'markdown'],
  ['a.html', 'просто слова', 'html'],
  ['a.docx', bytesOf('d0cf11e0a1b11ae1', 'hex'), 'docx'],
  ['a.xlsx', bytesOf('d0cf11e0a1b11ae1', 'hex'), 'xlsx'],
  ['a.xlsm', zipFile([{ name: 'a.txt', data: Buffer.from('a') }]), 'xlsx'],
  ['a.pdf', 'broken', 'pdf'],
])('%s is left to the reader of its kind where nothing else is certain', (fileName, content, kind) => {
  expect(take(fileName, bytesOf(content))).toMatchObject({ kind });
});
