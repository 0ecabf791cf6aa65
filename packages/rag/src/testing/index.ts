export { rowsXml, xlsxFile } from './xlsx-file.ts';
export { zipFile } from './zip-file.ts';
