export { rowsXml, xlsxFile } from './xlsx-file.ts';
