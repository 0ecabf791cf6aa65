import { describe, expect, test } from 'vitest';
import { rowsXml, xlsxFile } from '../../testing/xlsx-file.ts';
import { defaultParseLimits } from '../limits.ts';
import { referenceOf } from './cell-range.ts';
import { parseXlsx } from './xlsx.ts';

const parse = (bytes: Uint8Array) => parseXlsx({ name: 'Прайс', bytes, limits: defaultParseLimits });
const blocks = async (file: Parameters<typeof xlsxFile>[0]) =>
  (await parse(xlsxFile(file))).sections.flatMap((section) => section.blocks);
const blocksOf = (rows: Parameters<typeof rowsXml>[0], after = '') =>
  blocks({ sheets: [{ rows: rowsXml(rows), after }] });
const merge = (...ranges: string[]) =>
  `<mergeCells>${ranges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;

const expected = ['Товар: Чехол; Цена: 590; Наличие: есть', 'Товар: Стекло; Цена: 390; Наличие: нет'];

describe('a workbook', () => {
  test('tells the tables of its sheets row by row, under the names of the sheets', async () => {
    const parsed = await parse(
      xlsxFile({
        sheets: [
          {
            name: 'Телефоны',
            rows: rowsXml([
              ['Модель', 'Цена, руб.', 'Цвет'],
              ['iPhone 13', 42990, 'синий'],
            ]),
          },
          {
            name: 'Лист2',
            rows: rowsXml([
              ['Гарантия', '6 месяцев'],
              ['Возврат', '14 дней'],
            ]),
          },
        ],
      }),
    );
    expect(parsed).toMatchObject({
      title: 'Прайс',
      pairs: [],
      sections: [
        { headings: ['Телефоны'], blocks: ['Модель: iPhone 13; Цена: 42990 руб.; Цвет: синий'] },
        { headings: [], blocks: ['Гарантия: 6 месяцев', 'Возврат: 14 дней'] },
      ],
    });
  });

  test('has its questions with answers as pairs, and names the rows that lack one of the two', async () => {
    const rows = rowsXml([
      ['Частые вопросы'],
      ['№', 'Вопрос', 'Ответ'],
      [1, 'Есть чек?', 'Да, кассовый.'],
      [2, 'Где вы?', null],
    ]);
    expect(await parse(xlsxFile({ sheets: [{ name: 'FAQ', rows }] }))).toMatchObject({
      sections: [],
      pairs: [{ question: 'Есть чек?', answer: 'Да, кассовый.' }],
      incomplete: [{ at: 'row 4 of „FAQ“', missing: 'answer' }],
    });
  });

  test('tells of questions with answers on which sheet they stand, and below what', async () => {
    const rows = (answer: string) =>
      rowsXml([
        ['Вопрос', 'Ответ'],
        ['Где вы?', answer],
      ]);
    const sheets = [
      { name: 'Казань', rows: rows('Баумана, 7') },
      { name: ' Самара ', rows: rows('Мира, 2') },
      { name: 'Лист3', rows: rows('Везде') },
    ];
    expect((await parse(xlsxFile({ sheets }))).pairs).toEqual([
      { question: 'Где вы?', answer: 'Баумана, 7', headings: ['Казань'] },
      { question: 'Где вы?', answer: 'Мира, 2', headings: ['Самара'] },
      { question: 'Где вы?', answer: 'Везде', headings: [] },
    ]);
  });

  test('shows neither hidden sheets nor those of charts', async () => {
    const rows = rowsXml([
      ['Закупка', '300 ₽'],
      ['Поставщик', 'Иванов'],
    ]);
    const file = {
      sheets: [
        {
          name: 'Цены',
          rows: rowsXml([
            ['Чехол', '590 ₽'],
            ['Стекло', '390 ₽'],
          ]),
        },
        { name: 'Закупка', state: 'hidden', rows },
        { name: 'Наценка', state: 'veryHidden', rows },
      ],
    };
    expect(await blocks(file)).toEqual(['Чехол: 590 ₽', 'Стекло: 390 ₽']);
  });

  test('of which nothing is shown has no text', async () => {
    expect(await blocksOf([])).toEqual([]);
    expect(await blocks({ sheets: [{ state: 'hidden', rows: rowsXml([['а', 'б']]) }] })).toEqual([]);
  });
});

describe('programs write it each in their way:', () => {
  const cells = (row: number, texts: readonly string[], cell: (at: string, text: string) => string) =>
    texts.map((text, column) => cell(`${'ABC'[column]}${row}`, text)).join('');
  const table = [
    ['Товар', 'Цена', 'Наличие'],
    ['Чехол', '590', 'есть'],
    ['Стекло', '390', 'нет'],
  ];
  const strings = [...new Set(table.flat())];
  const shared = (at: string, text: string) => `<c r="${at}" t="s"><v>${strings.indexOf(text)}</v></c>`;
  const rowsOf = (cell: (at: string, text: string) => string) =>
    table.map((row, at) => `<row r="${at + 1}">${cells(at + 1, row, cell)}</row>`).join('');

  test('Excel, with shared strings and what else it adds', async () => {
    const file = {
      strings: strings.map((text) => `<t xml:space="preserve">${text}</t>`),
      sheets: [
        {
          rows: rowsOf(shared),
          before:
            '<sheetPr codeName="Лист1"/><dimension ref="A1:XFD1048576"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>' +
            '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col min="1" max="1" width="9.1"/></cols>',
          after:
            '<phoneticPr fontId="1"/><conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1="x"</formula></cfRule></conditionalFormatting>' +
            '<pageMargins left="0.7"/><legacyDrawing r:id="rId9"/><extLst><ext><x14:conditionalFormattings><xm:f>Лист1!$A$1</xm:f></x14:conditionalFormattings></ext></extLst>',
        },
      ],
    };
    expect(await blocks(file)).toEqual(expected);
  });

  test('1C, with strings under a name of other letters than it says, and no styles', async () => {
    const sst = `<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`;
    expect(
      await blocks({
        sheets: [{ name: 'TDSheet', rows: rowsOf(shared) }],
        parts: { 'xl/SharedStrings.xml': sst },
      }),
    ).toEqual(expected);
  });

  test('services in Java, with sizes in a field of their own', async () => {
    const rows = rowsOf((at, text) => `<c r="${at}" t="str"><v>${text}</v></c>`);
    expect(await blocks({ sheets: [{ rows }], hasLongSizes: true })).toEqual(expected);
  });

  test('openpyxl, with absolute targets and strings in the cells', async () => {
    const rels =
      '<Relationships><Relationship Type="http://x/relationships/worksheet" Target="/xl/worksheets/sheet1.xml" Id="rId1"/></Relationships>';
    const rows = rowsOf((at, text) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`);
    expect(await blocks({ sheets: [{ rows }], parts: { 'xl/_rels/workbook.xml.rels': rels } })).toEqual(
      expected,
    );
  });

  test('without references, where cells and rows follow one another', async () => {
    const rows = table
      .map((row) => `<row>${row.map((text) => `<c t="str"><v>${text}</v></c>`).join('')}</row>`)
      .join('');
    expect(await blocks({ sheets: [{ rows }] })).toEqual(expected);
  });

  test('with a prefix before every name', async () => {
    const sheet = `<x:worksheet><x:sheetData>${rowsOf((at, text) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`).replaceAll(/<(\/?)(?=[a-z])/g, '<$1x:')}</x:sheetData></x:worksheet>`;
    const workbook =
      '<x:workbook><x:sheets><x:sheet name="Лист1" sheetId="1" d3p1:id="rId1"/></x:sheets></x:workbook>';
    expect(
      await blocks({
        sheets: [{ rows: '' }],
        parts: { 'xl/worksheets/sheet1.xml': sheet, 'xl/workbook.xml': workbook },
      }),
    ).toEqual(expected);
  });

  test('in UTF-16', async () => {
    const sheet = `\uFEFF<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>${rowsOf((at, text) => `<c r="${at}" t="str"><v>${text}</v></c>`)}</sheetData></worksheet>`;
    expect(
      await blocks({
        sheets: [{ rows: '' }],
        parts: { 'xl/worksheets/sheet1.xml': Buffer.from(sheet, 'utf16le') },
      }),
    ).toEqual(expected);
  });

  test('with another name for the list of sheets, and folders parted as Windows does', async () => {
    const rels =
      '<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="/xl/workbook2.xml"/></Relationships>';
    const workbook = '<workbook><sheets><sheet name="Лист1" r:id="s"/></sheets></workbook>';
    const sheets =
      '<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="worksheets\\s.xml"/></Relationships>';
    const sheet = `<worksheet><sheetData>${rowsOf((at, text) => `<c r="${at}" t="str"><v>${text}</v></c>`)}</sheetData></worksheet>`;
    expect(
      await blocks({
        sheets: [],
        parts: {
          '_rels/.rels': rels,
          'xl/workbook.xml': undefined,
          'xl\\workbook2.xml': workbook,
          'xl\\_rels\\workbook2.xml.rels': sheets,
          'xl\\worksheets\\s.xml': sheet,
        },
      }),
    ).toEqual(expected);
  });
});

describe('a cell', () => {
  const header = ['Товар', 'Значение', 'Примечание'];
  const value = async (cell: string, file: Partial<Parameters<typeof xlsxFile>[0]> = {}) => {
    const rows = `${rowsXml([header])}<row r="2"><c r="A2" t="str"><v>Чехол</v></c>${cell}<c r="C2" t="str"><v>да</v></c></row>`;
    const [text = ''] = await blocks({ sheets: [{ rows }], ...file });
    return /Значение: (.*); Примечание/.exec(text)?.[1] ?? '';
  };
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="#,##0\\ &quot;₽&quot;"/><numFmt numFmtId="165" formatCode="000000"/><numFmt numFmtId="166" formatCode=";;;"/></numFmts>' +
    '<fonts><font><b/></font><font><strike/></font><font><strike val="0"/></font></fonts>' +
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/><xf fontId="1"/><xf fontId="2"/><xf numFmtId="20"/><xf numFmtId="9"/><xf numFmtId="166"/></cellXfs>' +
    '<dxfs><dxf><font><strike/></font><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>';

  test.each([
    ['<c r="B2" s="1"><v>1500</v></c>', '1 500 ₽'],
    ['<c r="B2" s="2"><v>46331</v></c>', '05.11.2026'],
    ['<c r="B2" s="3"><v>123</v></c>', '000123'],
    ['<c r="B2" t="str"><v>000123</v></c>', '000123'],
    ['<c r="B2" s="6"><v>0.416666666666667</v></c>', '10:00'],
    ['<c r="B2" s="7"><v>7.0000000000000007E-2</v></c>', '7%'],
    ['<c r="B2"><v>0.30000000000000004</v></c>', '0,3'],
    ['<c r="B2"><v>7.9261234567E10</v></c>', '79261234567'],
    ['<c r="B2" t="b"><v>1</v></c>', 'да'],
    ['<c r="B2" t="b"><v>0</v></c>', 'нет'],
    ['<c r="B2" t="d"><v>2026-11-05T00:00:00</v></c>', '05.11.2026'],
    ['<c r="B2" t="d"><v>2026-11-05T18:30:00Z</v></c>', '05.11.2026 18:30'],
    ['<c r="B2" t="e"><v>#N/A</v></c>', ''],
    ['<c r="B2" t="str"><v>#Н/Д</v></c>', ''],
    ['<c r="B2" t="str"><v>#ССЫЛКА!</v></c>', ''],
    ['<c r="B2" t="s"><v>99</v></c>', ''],
    ['<c r="B2" s="4"><v>900</v></c>', ''],
    ['<c r="B2" s="4" t="str"><v>было 900</v></c>', ''],
    ['<c r="B2" s="5"><v>900</v></c>', '900'],
    ['<c r="B2" s="8"><v>300</v></c>', ''],
    ['<c r="B2"><f>SUM(A1:A2)</f><v>42</v></c>', '42'],
    ['<c r="B2" t="str"><f>IF(1,"","")</f><v></v></c>', ''],
    ['<c r="B2" t="str"><v>a_x000D_\nб_x005F_</v></c>', 'a б_'],
    ['<c r="B2" t="str"><v><![CDATA[5 < 6]]></v></c>', '5 < 6'],
    ['<c r="B2" t="str"><v>&lt;p&gt;Кожа.&lt;/p&gt;&lt;p&gt;Чёрный&lt;/p&gt;</v></c>', 'Кожа. Чёрный'],
  ])('%s says „%s“', async (cell, text) => {
    expect(await value(cell, { styles })).toBe(text);
  });

  test('of several runs says those that are not struck out, with the readings of none', async () => {
    const rich =
      '<r><t>от </t></r><r><rPr><strike/></rPr><t>900 </t></r><r><rPr><b/></rPr><t>590 ₽</t></r><rPh sb="0" eb="1"><t>чтение</t></rPh>';
    expect(await value('<c r="B2" t="s"><v>0</v></c>', { strings: [rich] })).toBe('от 590 ₽');
    expect(await value(`<c r="B2" t="inlineStr"><is>${rich}</is></c>`)).toBe('от 590 ₽');
    // Runs without a font of their own have that of the cell.
    expect(await value('<c r="B2" s="4" t="s"><v>0</v></c>', { strings: [rich], styles })).toBe('590 ₽');
  });

  test('counts its days from 1904 where the workbook does', async () => {
    expect(
      await value('<c r="B2" s="2"><v>44869</v></c>', { styles, properties: '<workbookPr date1904="1"/>' }),
    ).toBe('05.11.2026');
  });

  test('says where its link leads, where its text does not', async () => {
    const rows = rowsXml([
      ['Товар', 'Сайт', 'Почта'],
      ['Чехол', 'смотреть', 'написать'],
      ['Стекло', 'shop.example/2', 'b@shop.example'],
    ]);
    const file = {
      sheets: [
        {
          rows: `${rows}<row r="4"><c r="A4" t="str"><v>Кабель</v></c><c r="B4" t="str"><f>HYPERLINK("https://shop.example/3","тут")</f><v>тут</v></c></row>`,
          after:
            '<hyperlinks><hyperlink ref="B2" r:id="rId1"/><hyperlink ref="C2:C3" r:id="rId2"/><hyperlink ref="A2" location="Лист2!A1"/></hyperlinks>',
          links: { rId1: 'https://shop.example/1', rId2: 'mailto:b@shop.example' },
        },
      ],
    };
    expect(await blocks(file)).toEqual([
      'Товар: Чехол; Сайт: смотреть (https://shop.example/1); Почта: написать (b@shop.example)',
      'Товар: Стекло; Сайт: shop.example/2; Почта: b@shop.example',
      'Товар: Кабель; Сайт: тут (https://shop.example/3)',
    ]);
  });

  test('of a formula that nobody calculated is empty, and named', async () => {
    const rows = `${rowsXml([header])}<row r="2"><c r="A2" t="str"><v>Чехол</v></c><c r="B2"><f>C2*2</f><v></v></c><c r="C2"><v>5</v></c></row>`;
    const parsed = await parse(xlsxFile({ sheets: [{ name: 'Цены', rows }] }));
    expect(parsed).toMatchObject({
      sections: [{ blocks: ['Товар: Чехол; Примечание: 5'] }],
      uncalculated: ['Цены!B2'],
    });
    const before = '<cols><col min="2" max="2" hidden="1"/></cols>';
    expect(await parse(xlsxFile({ sheets: [{ before, rows }] }))).toMatchObject({ uncalculated: [] });
  });

  test('whose formula has a stand-in until the next program calculates it is empty, and named', async () => {
    const file = (properties: string) =>
      xlsxFile({
        properties,
        sheets: [
          {
            name: 'Цены',
            rows: '<row r="1"><c r="A1" t="str"><v>Чехол</v></c><c r="B1"><f>C1*2</f><v>0</v></c></row>',
          },
        ],
      });
    expect(await parse(file('<calcPr fullCalcOnLoad="1"/>'))).toMatchObject({ uncalculated: ['Цены!B1'] });
    expect(await parse(file(''))).toMatchObject({ uncalculated: [] });
  });
});

describe('what is hidden', () => {
  test('is not read, and hidden rows are counted', async () => {
    const rows =
      rowsXml([['Товар', 'Закупка', 'Цена']]) +
      '<row r="2"><c r="A2" t="str"><v>Чехол</v></c><c r="B2"><v>100</v></c><c r="C2"><v>590</v></c></row>' +
      '<row r="3" hidden="1"><c r="A3" t="str"><v>Стекло</v></c><c r="C3"><v>390</v></c></row>' +
      '<row r="4" hidden="true"><c r="B4"><v>7</v></c></row>' +
      '<row r="5" ht="0" customHeight="1"><c r="A5" t="str"><v>Кабель</v></c></row>';
    const parsed = await parse(
      xlsxFile({
        sheets: [{ name: 'Цены', before: '<cols><col min="2" max="2" hidden="1"/></cols>', rows }],
      }),
    );
    expect(parsed).toMatchObject({
      sections: [{ blocks: ['Товар: Чехол; Цена: 590'] }],
      hiddenRows: [{ sheet: 'Цены', rows: 2 }],
    });
  });

  test('leaves what a merged cell says to the places that are shown', async () => {
    const rows =
      '<row r="1"><c r="A1" t="str"><v>Вид</v></c><c r="B1" t="str"><v>Товар</v></c><c r="C1" t="str"><v>Цена</v></c></row>' +
      '<row r="2" hidden="1"><c r="A2" t="str"><v>Чехлы</v></c><c r="B2" t="str"><v>Кожа</v></c></row>' +
      '<row r="3"><c r="B3" t="str"><v>Ткань</v></c><c r="C3"><v>300</v></c></row>' +
      '<row r="4"><c r="B4" t="str"><v>Пластик</v></c><c r="C4"><v>200</v></c></row>';
    expect(await blocks({ sheets: [{ rows, after: merge('A2:A4') }] })).toEqual([
      'Вид: Чехлы; Товар: Ткань; Цена: 300',
      'Вид: Чехлы; Товар: Пластик; Цена: 200',
    ]);
  });
});

describe('a table of a sheet', () => {
  test('may have titles, groups and empty rows as one of CSV', async () => {
    expect(
      await blocksOf(
        [
          ['Прайс-лист', null, 'от 01.11.2026'],
          undefined,
          ['Услуга', 'Срок', 'Цена, руб.'],
          ['Мужской зал'],
          ['Стрижка', '30 мин', 500],
          undefined,
          ['Женский зал'],
          ['Стрижка', '1 ч', 900],
          ['Укладка', '-', 700],
        ],
        merge('A1:B1', 'A4:C4'),
      ),
    ).toEqual([
      'Прайс-лист от 01.11.2026',
      'Мужской зал; Услуга: Стрижка; Срок: 30 мин; Цена: 500 руб.',
      'Женский зал; Услуга: Стрижка; Срок: 1 ч; Цена: 900 руб.',
      'Женский зал; Услуга: Укладка; Срок: -; Цена: 700 руб.',
    ]);
  });

  test('says a cell of several rows in each of them, and one of several columns under no name', async () => {
    expect(
      await blocksOf(
        [
          ['Изделие', 'Работа', 'Цена'],
          ['Пальто', 'укоротить', '2 400 ₽'],
          [null, 'подкладка', '5 600 ₽'],
          ['Скидка пенсионерам', null, '7 %'],
        ],
        merge('A2:A3', 'A4:B4'),
      ),
    ).toEqual([
      'Изделие: Пальто; Работа: укоротить; Цена: 2 400 ₽',
      'Изделие: Пальто; Работа: подкладка; Цена: 5 600 ₽',
      'Скидка пенсионерам; Цена: 7 %',
    ]);
  });

  test('may have a header of two rows, with its cells merged or not', async () => {
    const rows = [
      ['Код', 'Товар', 'Цена', null, null, 'Вес, г'],
      [null, null, 'розница', 'опт', 'дилер', null],
      ['007', 'Фен', 5990, 4490, 4000, 650],
    ];
    const told = ['Код: 007; Товар: Фен; Цена розница: 5990; Цена опт: 4490; Цена дилер: 4000; Вес: 650 г'];
    expect(await blocksOf(rows, merge('A1:A2', 'B1:B2', 'C1:E1', 'F1:F2'))).toEqual(told);
    expect(await blocksOf(rows, merge('C1:E1'))).toEqual(told);
    expect(await blocksOf(rows)).toEqual(told);
    expect(
      await blocksOf(
        [['Прайс на май'], undefined, ...rows],
        merge('A1:F1', 'A3:A4', 'B3:B4', 'C3:E3', 'F3:F4'),
      ),
    ).toEqual(['Прайс на май', ...told]);
  });

  test('whose header has a name over two columns keeps its first row', async () => {
    expect(
      await blocksOf(
        [
          ['Товар', 'Цена', null, 'Наличие'],
          ['Чехол', 590, 'руб.', 'есть'],
          ['Стекло', 390, 'руб.', 'нет'],
        ],
        merge('B1:C1'),
      ),
    ).toEqual([
      'Товар: Чехол; Цена: 590; Цена: руб.; Наличие: есть',
      'Товар: Стекло; Цена: 390; Цена: руб.; Наличие: нет',
    ]);
  });

  test('that lies over many narrow columns is told by its own', async () => {
    const narrow = ['A1:H1', 'B3:D3', 'E3:F3', 'B4:D4', 'E4:F4', 'B5:D5', 'E5:F5'];
    expect(
      await blocksOf(
        [
          ['Остатки товаров'],
          undefined,
          ['№', 'Номенклатура', null, null, 'Цена', null, 'Остаток'],
          [1, 'Чехол', null, null, 590, null, 4],
          [2, 'Стекло', null, null, 390, null, 0],
        ],
        merge(...narrow),
      ),
    ).toEqual([
      'Остатки товаров',
      '№: 1; Номенклатура: Чехол; Цена: 590; Остаток: 4',
      '№: 2; Номенклатура: Стекло; Цена: 390; Остаток: 0',
    ]);
  });

  test('ends where behind an empty row another one names its columns, below its own title', async () => {
    const rows = rowsXml([
      ['Товар', 'Цена', 'Наличие'],
      ['Чехол', 590, 'есть'],
      undefined,
      ['Доставка'],
      ['Город', 'Стоимость', 'Срок'],
      ['Казань', 490, '2 дня'],
      undefined,
      ['Самовывоз', 'бесплатно', 'сразу'],
      ['Курьер', 300, '1 день'],
    ]);
    expect((await parse(xlsxFile({ sheets: [{ name: 'Цены', rows }] }))).sections).toEqual([
      { headings: ['Цены'], blocks: ['Товар: Чехол; Цена: 590; Наличие: есть'] },
      {
        headings: ['Цены', 'Доставка'],
        blocks: [
          'Город: Казань; Стоимость: 490; Срок: 2 дня',
          'Город: Самовывоз; Стоимость: бесплатно; Срок: сразу',
          'Город: Курьер; Стоимость: 300; Срок: 1 день',
        ],
      },
    ]);
  });

  test('may stand beside another one of the same names', async () => {
    expect(
      await blocksOf(
        [
          ['Прайс-лист ноябрь'],
          ['Товар', 'Цена, руб.', null, 'Товар', 'Цена, руб.'],
          ['Чехлы', null, null, 'Кабели'],
          ['Кожа', 590, null, 'USB-C', 300],
          ['Пластик', 390],
          ['Акция', null, null, null, null],
          ['Стекло', 200, null, 'Плёнка', 100],
        ],
        merge('A1:E1', 'A6:E6'),
      ),
    ).toEqual([
      'Прайс-лист ноябрь',
      'Чехлы; Товар: Кожа; Цена: 590 руб.',
      'Чехлы; Товар: Пластик; Цена: 390 руб.',
      'Акция; Товар: Стекло; Цена: 200 руб.',
      'Кабели; Товар: USB-C; Цена: 300 руб.',
      'Акция; Товар: Плёнка; Цена: 100 руб.',
    ]);
  });

  test('of Avito’s autoload leaves out what its template says of the columns', async () => {
    const rows = rowsXml([
      ['Запчасти и аксессуары'],
      [
        'Уникальный идентификатор объявления',
        'Способ размещения',
        'Название объявления',
        'Цена',
        'Состояние',
      ],
      ['Обязательный', 'Необязательный', 'Обязательный', 'Необязательный', 'Обязательный'],
      Array.from({ length: 5 }, () => 'Подробнее о параметре'),
      ['1001', 'Package', 'Фара левая', 4500, 'Новое'],
      ['1002', 'Package', 'Фара правая', 4300, 'Б/у'],
    ]);
    const file = {
      rows,
      after: '<hyperlinks><hyperlink ref="A4" r:id="a"/><hyperlink ref="B4" r:id="b"/></hyperlinks>',
      links: { a: 'https://autoload.avito.ru/1', b: 'https://autoload.avito.ru/2' },
    };
    expect(await blocks({ sheets: [file] })).toEqual([
      'Запчасти и аксессуары',
      'Уникальный идентификатор объявления: 1001; Способ размещения: Package; Название объявления: Фара левая; Цена: 4500; Состояние: Новое',
      'Уникальный идентификатор объявления: 1002; Способ размещения: Package; Название объявления: Фара правая; Цена: 4300; Состояние: Б/у',
    ]);
  });

  test('keeps rows that say the same of several columns', async () => {
    expect(
      await blocksOf([
        ['Модель', 'S', 'M', 'L'],
        ['Футболка', 'есть', 'есть', 'есть'],
        ['Худи', 'нет', 'нет', 'есть'],
      ]),
    ).toEqual(['Модель: Футболка; S: есть; M: есть; L: есть', 'Модель: Худи; S: нет; M: нет; L: есть']);
  });

  test('of questions goes on behind empty rows, whatever the next question names', async () => {
    const rows = rowsXml([
      ['Вопрос', 'Ответ'],
      ['Есть чек?', 'Да.'],
      undefined,
      ['Цена доставки?', 'Зависит от города.'],
      ['Стоимость', 'Цена, руб.'],
    ]);
    expect((await parse(xlsxFile({ sheets: [{ rows }] }))).pairs).toHaveLength(3);
  });

  test('goes on behind an empty row with what only begins as the name of a column', async () => {
    expect(
      await blocksOf([
        ['Услуга', 'Срок', 'Условия'],
        ['Ремонт', '2 дня', 'по записи'],
        undefined,
        ['Стоимость доставки', 'бесплатно', 'по городу'],
        ['Подъём', 300, 'за этаж'],
      ]),
    ).toEqual([
      'Услуга: Ремонт; Срок: 2 дня; Условия: по записи',
      'Услуга: Стоимость доставки; Срок: бесплатно; Условия: по городу',
      'Услуга: Подъём; Срок: 300; Условия: за этаж',
    ]);
  });

  test('ends where the names of the next one are bold', async () => {
    const styles =
      '<fonts><font/><font><b/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>';
    const bold = (value: string) => ({ style: 1, value });
    const rows = rowsXml([
      [bold('Модель'), bold('Память')],
      ['iPhone 13', '128 ГБ'],
      undefined,
      [bold('Условие'), bold('Порядок')],
      ['Обмен', 'с доплатой'],
      ['Выкуп', 'за день'],
    ]);
    expect(await blocks({ styles, sheets: [{ rows }] })).toEqual([
      'Модель: iPhone 13; Память: 128 ГБ',
      'Условие: Обмен; Порядок: с доплатой',
      'Условие: Выкуп; Порядок: за день',
    ]);
  });

  test('of one column is its lines', async () => {
    expect(await blocksOf([['Условия'], ['Работаем с 10 до 19.'], ['Без выходных.']])).toEqual([
      'Условия',
      'Работаем с 10 до 19.',
      'Без выходных.',
    ]);
  });

  test('keeps what stands beside it without a name', async () => {
    expect(
      await blocksOf([
        ['Товар', 'Цена'],
        ['Чехол', 590, null, 'до пятницы'],
        ['Стекло', 390],
      ]),
    ).toEqual(['Товар: Чехол; Цена: 590; до пятницы', 'Товар: Стекло; Цена: 390']);
  });
});

describe('a workbook that harms', () => {
  const sheet = (rows: string, after = '') => xlsxFile({ sheets: [{ rows, after }] });
  const protectedBook = Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ]);
  const text = 'я'.repeat(30_000);

  test.each([
    ['protected by a password', protectedBook, 'knowledge.password-protected'],
    ['older than 2007', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'knowledge.is-old-office'],
    [
      'binary',
      xlsxFile({
        sheets: [],
        parts: {
          '_rels/.rels':
            '<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        },
      }),
      'knowledge.is-spreadsheet',
    ],
    [
      'without a list of sheets',
      xlsxFile({ sheets: [], parts: { 'xl/workbook.xml': undefined } }),
      'knowledge.broken-file',
    ],
    [
      'without one of its sheets',
      xlsxFile({ sheets: [{ rows: '' }], parts: { 'xl/worksheets/sheet1.xml': undefined } }),
      'knowledge.broken-file',
    ],
    [
      'with zero bytes in a sheet',
      xlsxFile({
        sheets: [{ rows: '' }],
        parts: { 'xl/worksheets/sheet1.xml': new Uint8Array([60, 0, 62]) },
      }),
      'knowledge.broken-file',
    ],
    ['a bomb', sheet(' '.repeat(70_000_000)), 'knowledge.bomb'],
    [
      'full of entities',
      xlsxFile({
        prolog: '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        sheets: [{ rows: '<row><c t="str"><v>&b;</v></c></row>' }],
      }),
      'knowledge.forbidden-content',
    ],
    [
      'of a million columns',
      sheet(`<row>${'<c><v>1</v></c>'.repeat(20_000)}</row>`),
      'knowledge.broken-file',
    ],
    ['of a row that no sheet has', sheet('<row r="9999999"><c><v>1</v></c></row>'), 'knowledge.broken-file'],
    [
      'of one long text again and again',
      xlsxFile({
        strings: [`<t>${text}</t>`],
        sheets: [{ rows: `<row>${'<c t="s"><v>0</v></c>'.repeat(10_000)}</row>` }],
      }),
      'knowledge.too-much-text',
    ],
    [
      'of a cell per row and column',
      sheet(
        Array.from(
          { length: 5_000 },
          (_, at) =>
            `<row r="${at + 1}"><c r="${referenceOf({ row: at + 1, column: at + 1 })}"><v>${at}</v></c></row>`,
        ).join(''),
      ),
      'knowledge.too-much-text',
    ],
  ])('%s says so', async (_, bytes, code) => {
    await expect(parse(new Uint8Array(bytes))).rejects.toMatchObject({ code });
  });

  test('of a sheet full of formatted rows without text reads the text alone', async () => {
    const rows = Array.from({ length: 200_000 }, (_, at) => `<row r="${at + 1}" ht="15" s="1"/>`).join('');
    expect(
      await blocks({
        sheets: [{ rows: rowsXml([['Чехол', '590 ₽']]) + rows, after: merge('A1:XFD1048576') }],
      }),
    ).toEqual(['Чехол']);
  });

  test('reads nothing outside of itself', async () => {
    const rels =
      '<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="file:///etc/passwd" TargetMode="External"/></Relationships>';
    expect(await blocks({ sheets: [{ rows: '' }], parts: { 'xl/_rels/workbook.xml.rels': rels } })).toEqual(
      [],
    );
    const above = rels
      .replace('file:///etc/passwd', '../../../../etc/passwd')
      .replace(' TargetMode="External"', '');
    await expect(
      blocks({ sheets: [{ rows: '' }], parts: { 'xl/_rels/workbook.xml.rels': above } }),
    ).rejects.toMatchObject({ code: 'knowledge.broken-file' });
  });
});
