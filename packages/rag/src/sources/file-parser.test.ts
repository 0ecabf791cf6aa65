import { afterAll, describe, expect, test } from 'vitest';
import { pdfFile, protectedPdf } from '../testing/pdf-file.ts';
import { rowsXml, xlsxFile } from '../testing/xlsx-file.ts';
import { docxFile, paragraph, zipFile } from '../testing/zip-file.ts';
import { createFileParser } from './file-parser.ts';
import type { FileKind } from './source.ts';

const parser = createFileParser();
afterAll(() => parser.close());

const source = (kind: FileKind, bytes: Uint8Array | string) => ({
  key: 'файл',
  kind,
  name: 'имя',
  bytes: typeof bytes === 'string' ? new Uint8Array(Buffer.from(bytes)) : bytes,
});
const parse = (kind: FileKind, bytes: Uint8Array | string) => parser.parse(source(kind, bytes));

describe('a PDF', () => {
  const page = (number: number) => [
    { text: 'Магазин «Дон» — каталог', y: 820, size: 9 },
    ...(number === 1 ? [{ text: 'Условия магазина', y: 780, size: 20 }] : []),
    { text: `Глава ${number}`, y: 750, size: 16 },
    { text: 'Доставка по городу стоит 490 рублей и занима-', y: 700 },
    { text: 'ет два дня. Заказ можно оформить в интернет-', y: 686 },
    { text: 'магазине или по телефону.', y: 672 },
    { text: 'Наш интернет-магазин работает каждый день.', y: 640 },
    { text: '• чехол', y: 620 },
    { text: '• стекло', y: 606 },
    { text: `Страница ${number} из 3`, y: 30, size: 9 },
  ];

  test('has headings and paragraphs, whole words, and no running heads', async () => {
    const parsed = await parse('pdf', pdfFile([page(1), page(2), page(3)]));
    expect(parsed.title).toBe('Условия магазина');
    expect(parsed.sections.map(({ headings }) => headings)).toEqual([['Глава 1'], ['Глава 2'], ['Глава 3']]);
    expect(parsed.sections[1]?.blocks).toEqual([
      'Доставка по городу стоит 490 рублей и занимает два дня. Заказ можно оформить в интернет-магазине или по телефону.',
      'Наш интернет-магазин работает каждый день.',
      '• чехол',
      '• стекло',
    ]);
  });

  test('of 200 pages is read to its last line', async () => {
    const line = (number: number, at: number) => ({
      text: `Товар ${number}-${at} стоит ${number * 10 + at} рублей.`,
      y: 800 - at * 16,
    });
    const pages = Array.from({ length: 200 }, (_, number) =>
      Array.from({ length: 40 }, (__, at) => line(number, at)),
    );
    const { sections } = await parse('pdf', pdfFile(pages));
    const text = sections.flatMap(({ blocks }) => blocks).join('\n');
    expect(text).toContain('Товар 0-0 стоит 0 рублей.');
    expect(text).toContain('Товар 199-39 стоит 2029 рублей.');
  });

  test.each([
    ['broken', '%PDF-1.7 and nothing else', 'knowledge.broken-file'],
    ['protected by a password', protectedPdf(), 'knowledge.password-protected'],
    ['of scanned pages', pdfFile([[], [], []]), 'knowledge.pdf-without-text'],
  ])('that is %s says so', async (_, bytes, code) => {
    await expect(parse('pdf', bytes)).rejects.toMatchObject({ code });
  });

  test('that breaks while it is read says so in words of ours', async () => {
    const whole = Buffer.from(pdfFile([[{ text: 'Доставка', y: 700 }]]));
    const damaged = Buffer.from(whole.toString('latin1').replace('842]', '842 '), 'latin1');
    await expect(parse('pdf', new Uint8Array(damaged))).rejects.toMatchObject({
      code: 'knowledge.broken-file',
      message: 'the file is damaged: it opens, and cannot be read to its end; save it anew',
      cause: expect.objectContaining({ message: expect.stringContaining('inside array') }),
    });
  });

  test('of too many pages is refused', async () => {
    const strict = createFileParser({ limits: { maxPages: 2 } });
    const parsing = strict.parse(source('pdf', pdfFile([[], [], []])));
    await expect(parsing).rejects.toMatchObject({ code: 'knowledge.too-many-pages' });
    await strict.close();
  });
});

describe('a Word document', () => {
  test('has headings, lists and tables', async () => {
    const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
    const parsed = await parse(
      'docx',
      docxFile(
        paragraph('Магазин', '<w:pStyle w:val="1"/>') +
          paragraph('Работаем с 10 до 19 &amp; без обеда.') +
          paragraph('Доставка', '<w:pStyle w:val="Z2"/>') +
          paragraph('чехол', '<w:numPr/>') +
          paragraph('Стекло', '<w:numPr><w:ilvl w:val="0"/></w:numPr>') +
          paragraph('матовое', '<w:numPr><w:ilvl w:val="1"/></w:numPr>') +
          '<w:p><w:del><w:r><w:t>удалено</w:t></w:r></w:del><w:r><w:t>остав</w:t></w:r><w:r><w:t>лено</w:t></w:r></w:p>' +
          '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто: закупка 300 ₽</w:t></w:r></w:p>' +
          '<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>было 900 ₽</w:t></w:r></w:p>' +
          '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>видно</w:t></w:r></w:p>' +
          paragraph('Казань', '<w:pStyle w:val="L3"/>') +
          `<w:tbl><w:tr>${cell('Модель')}${cell('Цена')}${cell('Срок')}</w:tr>` +
          `<w:tr>${cell('iPhone 13')}${cell('42 990 ₽')}<w:tc/></w:tr></w:tbl>`,
      ),
    );
    expect(parsed).toEqual({
      title: 'Магазин',
      pairs: [],
      sections: [
        { headings: [], blocks: ['Работаем с 10 до 19 & без обеда.'] },
        { headings: ['Доставка'], blocks: ['– чехол', '– Стекло: матовое', 'оставлено', 'видно'] },
        { headings: ['Доставка', 'Казань'], blocks: ['Модель: iPhone 13; Цена: 42 990 ₽'] },
      ],
    });
  });

  test('tells every row of a table whose cells are merged by itself', async () => {
    const cell = (text: string, properties = '') =>
      `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;
    const { sections } = await parse(
      'docx',
      docxFile(
        `<w:tbl><w:tr>${cell('Изделие')}${cell('Работа')}${cell('Цена')}</w:tr>` +
          `<w:tr>${cell('Пальто', '<w:vMerge w:val="restart"/>')}${cell('укоротить')}${cell('2 400 ₽')}</w:tr>` +
          `<w:tr>${cell('', '<w:vMerge/>')}${cell('подкладка')}${cell('5 600 ₽')}</w:tr>` +
          `<w:tr>${cell('Скидка', '<w:gridSpan w:val="2"/>')}${cell('7 %')}</w:tr></w:tbl>`,
      ),
    );
    expect(sections[0]?.blocks).toEqual([
      'Изделие: Пальто; Работа: укоротить; Цена: 2 400 ₽',
      'Изделие: Пальто; Работа: подкладка; Цена: 5 600 ₽',
      'Скидка; Цена: 7 %',
    ]);
  });

  test('keeps the text of a box apart from that around it, and says where its links lead', async () => {
    const box = `<w:txbxContent>${paragraph('Ремонт обуви 650 ₽.')}${paragraph('По средам.')}</w:txbxContent>`;
    const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
    const { sections } = await parse(
      'docx',
      docxFile(
        `<w:p>${run('До рамки')}<w:r><mc:AlternateContent><mc:Choice>${box}</mc:Choice>` +
          `<mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r>${run(' и после.')}</w:p>` +
          `<w:p>${run('Запись ')}<w:hyperlink r:id="rId7">${run('на сайте')}</w:hyperlink>${run('.')}</w:p>`,
        { links: { rId7: 'https://igla.example/zapis' } },
      ),
    );
    expect(sections[0]?.blocks).toEqual([
      'Ремонт обуви 650 ₽.',
      'По средам.',
      'До рамки и после.',
      'Запись на сайте (https://igla.example/zapis).',
    ]);
  });

  test('says a footnote where it is referred to', async () => {
    const parsed = await parse(
      'docx',
      docxFile(
        '<w:p><w:r><w:t>Доставка бесплатная</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>, ежедневно.</w:t></w:r></w:p>' +
          '<w:p><w:r><w:t>Без примечания</w:t></w:r><w:r><w:footnoteReference w:id="9"/></w:r></w:p>',
        {
          footnotes:
            '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>' +
            `<w:footnote w:id="2">${paragraph('При заказе от')}${paragraph('5 000 рублей.')}<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r></w:p></w:footnote>`,
        },
      ),
    );
    expect(parsed.sections).toEqual([
      {
        headings: [],
        blocks: ['Доставка бесплатная (При заказе от 5 000 рублей), ежедневно.', 'Без примечания'],
      },
    ]);
  });

  const protectedDocument = Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ]);
  test.each([
    ['a bomb', docxFile(' '.repeat(30_000_000)), 'knowledge.bomb'],
    [
      'of too many entries',
      zipFile(Array.from({ length: 5_001 }, () => ({ name: 'a', data: Buffer.alloc(0) }))),
      'knowledge.bomb',
    ],
    ['cut off', docxFile(paragraph('текст')).slice(0, 300), 'knowledge.broken-file'],
    [
      'another kind of packed file',
      zipFile([{ name: 'a.txt', data: Buffer.from('a') }]),
      'knowledge.broken-file',
    ],
    ['protected by a password', protectedDocument, 'knowledge.password-protected'],
    ['older than 2007', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'knowledge.is-old-office'],
    [
      'full of entities from elsewhere',
      docxFile(paragraph('&secret;'), {
        prolog: '<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
      }),
      'knowledge.forbidden-content',
    ],
  ])('that is %s says so', async (_, bytes, code) => {
    await expect(parse('docx', new Uint8Array(bytes))).rejects.toMatchObject({ code });
  });
});

describe('an Excel table', () => {
  test('is read in the thread', async () => {
    const rows = rowsXml([
      ['Товар', 'Цена'],
      ['Чехол', 590],
    ]);
    expect(await parse('xlsx', xlsxFile({ sheets: [{ name: 'Цены', rows }] }))).toMatchObject({
      title: 'имя',
      sections: [{ headings: ['Цены'], blocks: ['Товар: Чехол; Цена: 590'] }],
    });
  });

  test('that is cut off says so', async () => {
    const cut = xlsxFile({ sheets: [{ rows: '' }] }).slice(0, 300);
    await expect(parse('xlsx', cut)).rejects.toMatchObject({ code: 'knowledge.broken-file' });
  });
});

describe('a file that harms its thread', () => {
  const hungry = pdfFile([], { contents: [Buffer.alloc(200_000_000, ' ')] });

  test.each([
    ['by its time', { timeoutMs: 1 }, 'knowledge.parse-timeout'],
    ['by what it unpacks to', { maxGrowthMb: 20 }, 'knowledge.too-much-memory'],
    ['by the heap it needs', { maxHeapMb: 8 }, 'knowledge.too-much-memory'],
  ])('is ended %s, and the next file is read', async (_, limits, code) => {
    const strict = createFileParser({ limits });
    const harming =
      code === 'knowledge.too-much-memory' && 'maxHeapMb' in limits
        ? source('html', '<p>x</p>'.repeat(600_000))
        : source('pdf', hungry);
    await expect(strict.parse(harming)).rejects.toMatchObject({ code });
    await strict.close();
    expect((await parse('html', '<p>ещё живы</p>')).sections).toHaveLength(1);
  });
});

describe('Markdown', () => {
  const markdown = (text: string) => ({ key: 'a.md', kind: 'markdown', name: 'имя', text }) as const;

  test('is parsed as it is elsewhere', async () => {
    expect(await parser.parse(markdown('# Доставка\n\nПо городу **490** рублей.'))).toMatchObject({
      title: 'Доставка',
      sections: [{ blocks: ['По городу 490 рублей.'] }],
    });
  });

  test('that is nested without end is broken', async () => {
    const nested = parser.parse(markdown(`${'> '.repeat(20_000)}a`));
    await expect(nested).rejects.toMatchObject({
      code: 'knowledge.broken-file',
      message: expect.stringContaining('nested too deeply'),
    });
  });

  test('that was made to be slow is given up, and costs its thread only', async () => {
    const hasty = createFileParser({ limits: { timeoutMs: 500 } });
    const slow = hasty.parse(markdown(`${'a'.repeat(1_000_000)}@`));
    await expect(slow).rejects.toMatchObject({ code: 'knowledge.parse-timeout' });
    await hasty.close();
  });
});
