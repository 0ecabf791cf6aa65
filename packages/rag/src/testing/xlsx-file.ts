import { zipFile } from './zip-file.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

type TestSheet = {
  name?: string;
  state?: string;
  /** The rows, as XML. */
  rows: string;
  /** Stands before the rows, as `<cols>` does. */
  before?: string;
  /** Stands behind them, as `<mergeCells>` does. */
  after?: string;
  links?: Record<string, string>;
};

type Workbook = {
  sheets: readonly TestSheet[];
  strings?: readonly string[];
  styles?: string;
  properties?: string;
  prolog?: string;
  /** Further parts, or others in the place of these. */
  parts?: Record<string, string | Uint8Array | undefined>;
  hasLongSizes?: boolean;
};

const relations = (entries: readonly string[]) =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE_RELATIONS}">${entries.join('')}</Relationships>`;
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;

/** A workbook in the shape in which Excel writes it. */
export function xlsxFile({
  sheets,
  strings = [],
  styles,
  properties = '',
  prolog = '',
  parts = {},
  hasLongSizes = false,
}: Workbook): Uint8Array {
  const listed = sheets.map(
    ({ name = `Лист${sheets.length}`, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${index + 1}"/>`,
  );
  const all: Record<string, string | Uint8Array | undefined> = {
    '[Content_Types].xml': `${DECLARATION}<Types/>`,
    '_rels/.rels': relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${properties}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, index) =>
        relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`),
      ),
      relation('rIdStyles', 'styles', 'styles.xml'),
      relation('rIdStrings', 'sharedStrings', 'sharedStrings.xml'),
    ]),
    ...(strings.length === 0
      ? {}
      : {
          'xl/sharedStrings.xml': `${DECLARATION}<sst xmlns="${MAIN}">${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
        }),
    ...(styles === undefined
      ? {}
      : { 'xl/styles.xml': `${DECLARATION}<styleSheet xmlns="${MAIN}">${styles}</styleSheet>` }),
  };
  for (const [index, { rows, before = '', after = '', links }] of sheets.entries()) {
    const part = `sheet${index + 1}.xml`;
    all[`xl/worksheets/${part}`] =
      `${DECLARATION}${prolog}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;
    if (links !== undefined)
      all[`xl/worksheets/_rels/${part}.rels`] = relations(
        Object.entries(links).map(
          ([id, target]) =>
            `<Relationship Id="${id}" Type="${RELATIONS}/hyperlink" Target="${target}" TargetMode="External"/>`,
        ),
      );
  }
  const entries = Object.entries({ ...all, ...parts }).flatMap(([name, data]) =>
    data === undefined ? [] : [{ name, data: typeof data === 'string' ? Buffer.from(data) : data }],
  );
  return zipFile(entries, { hasLongSizes });
}

const letterOf = (column: number) => String.fromCharCode(65 + column);

type Value = string | number | boolean | null | { style: number; value: string | number };

const cellXml = (value: Value, at: string): string => {
  if (value === null) return '';
  if (typeof value === 'object') return cellXml(value.value, at).replace('<c ', `<c s="${value.style}" `);
  if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${Number(value)}</v></c>`;
  return typeof value === 'number'
    ? `<c r="${at}"><v>${value}</v></c>`
    : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
};

/** Rows of plain values from the first one; `null` is an empty cell, and `undefined` an empty row. */
export const rowsXml = (rows: readonly (readonly Value[] | undefined)[]): string =>
  rows
    .map((cells, row) =>
      cells === undefined
        ? ''
        : `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${letterOf(column)}${row + 1}`)).join('')}</row>`,
    )
    .join('');
