import { describe, expect, test } from 'vitest';
import type { FileParser } from '../sources/file-parser.ts';
import type { Source } from '../sources/source.ts';
import { createFakeEmbedder } from '../testing/fake-models.ts';
import { createMemoryKnowledgeStore } from '../testing/memory-knowledge-store.ts';
import { pdfFile } from '../testing/pdf-file.ts';
import { rowsXml, xlsxFile } from '../testing/xlsx-file.ts';
import { syncKnowledge } from './sync-knowledge.ts';

const accountId = 1;
const source = (key: string, content: string): Source => ({ key, kind: 'text', name: key, text: content });
const noWait = async () => {};

describe('syncKnowledge', () => {
  test('adds what is new, replaces what changed, leaves the rest, removes what vanished', async () => {
    const store = createMemoryKnowledgeStore();
    const keyPrefix = 'shop/';
    await syncKnowledge({ store }, { accountId, sources: [source('other/x', 'чужое')] });
    const first = [source('shop/a', 'один'), source('shop/b', 'два'), source('shop/c', 'три')];
    expect(await syncKnowledge({ store }, { accountId, sources: first, keyPrefix })).toMatchObject({
      added: 3,
      updated: 0,
      unchanged: 0,
      removed: 0,
    });
    const second = [
      source('shop/a', 'один'),
      source('shop/b', 'два с половиной'),
      source('shop/d', 'четыре'),
    ];
    expect(await syncKnowledge({ store }, { accountId, sources: second, keyPrefix })).toMatchObject({
      added: 1,
      updated: 1,
      unchanged: 1,
      removed: 1,
    });
    const contents = store
      .contentOf(accountId)
      .map(({ sourceKey, chunks }) => [sourceKey, chunks[0]?.content]);
    expect(Object.fromEntries(contents)).toEqual({
      'other/x': 'чужое',
      'shop/a': 'один',
      'shop/b': 'два с половиной',
      'shop/d': 'четыре',
    });
  });

  test('a file that is renamed or moved keeps its document, and what it says its vectors', async () => {
    const store = createMemoryKnowledgeStore();
    const { embedder, calls } = createFakeEmbedder();
    const markdown = (key: string, name: string, text: string): Source => ({
      key,
      kind: 'markdown',
      name,
      text,
    });
    const sync = (...sources: Source[]) =>
      syncKnowledge({ store, embedder }, { accountId, sources, keyPrefix: 'shop/' });
    await sync(
      markdown('shop/a.md', 'a', '# Сроки\n\nДва дня.'),
      markdown('shop/b.md', 'b', '# Цены\n\n490 ₽.'),
    );
    expect(calls).toHaveLength(1);
    const report = await sync(
      markdown('shop/сроки.md', 'сроки', '# Сроки\n\nДва дня.'),
      markdown('shop/new/b.md', 'b', '# Цены\n\n490 ₽.'),
    );
    expect(report).toMatchObject({ added: 0, updated: 1, unchanged: 1, removed: 0, embedded: 0 });
    expect(calls).toHaveLength(1);
    expect(
      store
        .contentOf(accountId)
        .map(({ sourceKey }) => sourceKey)
        .toSorted(),
    ).toEqual(['shop/new/b.md', 'shop/сроки.md']);
  });

  test('a whole folder of files that are renamed keeps what it says its vectors', async () => {
    const store = createMemoryKnowledgeStore();
    const { embedder } = createFakeEmbedder();
    const files = (suffix: string) =>
      Array.from({ length: 120 }, (_, index) => ({
        key: `shop/${index}${suffix}`,
        kind: 'markdown' as const,
        name: `${index}${suffix}`,
        text: `# Товар ${index}\n\nЕсть.`,
      }));
    const sync = (sources: Source[]) =>
      syncKnowledge({ store, embedder }, { accountId, sources, keyPrefix: 'shop/' });
    await sync(files('.md'));
    expect(await sync(files('-новый.md'))).toMatchObject({ added: 0, updated: 120, removed: 0, embedded: 0 });
  });

  test('another folder of the same name takes no place in the base unless it is to', async () => {
    const store = createMemoryKnowledgeStore();
    const sync = (sources: Source[], mayBeAnother = true) =>
      syncKnowledge({ store }, { accountId, sources, keyPrefix: 'shop/', mayBeAnother });
    const keys = () => store.contentOf(accountId).map(({ sourceKey }) => sourceKey);
    await sync([source('shop/a', 'один'), source('shop/b', 'два')]);
    await expect(sync([source('shop/c', 'три')])).rejects.toMatchObject({
      code: 'knowledge.another-folder',
    });
    expect(keys()).toEqual(['shop/a', 'shop/b']);
    expect(await sync([source('shop/c', 'три')], false)).toMatchObject({ added: 1, removed: 2 });
    expect(keys()).toEqual(['shop/c']);
    await sync([source('shop/c', 'три'), source('shop/d', 'четыре'), source('shop/e', 'пять')]);
    // A file of the same name makes it no more the same folder; one file less does not make it another.
    await expect(sync([source('shop/c', 'другое')])).rejects.toMatchObject({
      message: expect.stringContaining('of the 3 documents that the base has of shop/, 2 are not'),
    });
    expect(await sync([source('shop/c', 'три'), source('shop/d', 'четыре')])).toMatchObject({ removed: 1 });
  });

  test('pages of a PDF that hold no text are told, and the others are read', async () => {
    const store = createMemoryKnowledgeStore();
    const bytes = pdfFile([[], [{ text: 'Гарантия на всю технику семнадцать месяцев.', y: 700 }], []]);
    const report = await syncKnowledge(
      { store },
      { accountId, sources: [{ key: 'shop/a.pdf', kind: 'pdf', name: 'a', bytes }] },
    );
    expect(report).toMatchObject({
      added: 1,
      warnings: [{ code: 'knowledge.pages-without-text', message: expect.stringContaining('page 1, 3:') }],
    });
  });

  test.each([
    [
      'formulas that nobody calculated',
      '<row r="3"><c r="A3" t="str"><v>Стекло</v></c><c r="B3"><f>C1</f></c></row>',
      'knowledge.uncalculated-formulas',
      'read as empty: Цены!B3: open the file in Excel',
    ],
    [
      'hidden rows',
      '<row r="3" hidden="1"><c r="A3" t="str"><v>Стекло</v></c></row>',
      'knowledge.hidden-rows',
      'not read: 1 of „Цены“: where',
    ],
  ])('%s of a spreadsheet are told as long as they are there', async (_, row, code, message) => {
    const store = createMemoryKnowledgeStore();
    const rows = `${rowsXml([
      ['Товар', 'Цена'],
      ['Чехол', 590],
    ])}${row}`;
    const bytes = xlsxFile({ sheets: [{ name: 'Цены', rows }] });
    const sync = () =>
      syncKnowledge(
        { store },
        { accountId, sources: [{ key: 'shop/a.xlsx', kind: 'xlsx', name: 'a', bytes }] },
      );
    const warnings = [{ code, message: expect.stringContaining(message) }];
    expect(await sync()).toMatchObject({ added: 1, warnings });
    expect(await sync()).toMatchObject({ unchanged: 1, warnings });
  });

  test('all that a source lacks is told, not the first lack only', async () => {
    const bytes = xlsxFile({
      sheets: [
        {
          name: 'Цены',
          rows: `${rowsXml([
            ['Товар', 'Цена'],
            ['Чехол', 590],
          ])}<row r="3"><c r="A3" t="str"><v>Стекло</v></c><c r="B3"><f>C1</f></c></row><row r="4" hidden="1"><c r="A4" t="str"><v>Шнур</v></c></row>`,
        },
        {
          name: 'Вопросы',
          rows: rowsXml([
            ['Вопрос', 'Ответ'],
            ['Где вы?', ''],
            ['Есть чек?', 'Да'],
          ]),
        },
      ],
    });
    const sources: Source[] = [{ key: 'shop/a.xlsx', kind: 'xlsx', name: 'a', bytes }];
    const { warnings } = await syncKnowledge({ store: createMemoryKnowledgeStore() }, { accountId, sources });
    expect(warnings.map(({ code }) => code)).toEqual([
      'knowledge.incomplete-pairs',
      'knowledge.uncalculated-formulas',
      'knowledge.hidden-rows',
    ]);
  });

  test('what has not changed is not parsed again, under another key neither, and what it lacks is told all the same', async () => {
    const store = createMemoryKnowledgeStore();
    const read: string[] = [];
    const parser: FileParser = {
      parse: async ({ key }) => {
        read.push(key);
        return {
          title: 'a',
          sections: [{ headings: [], blocks: ['Чехол: 590 ₽'] }],
          pairs: [],
          hiddenRows: [{ sheet: 'Цены', rows: 1 }],
          unreadPages: [2],
        };
      },
      close: async () => {},
    };
    const bytes = Buffer.from('файл');
    const sync = async (folder: string, content = bytes) => {
      const kinds = ['html', 'pdf', 'docx', 'xlsx'] as const;
      const sources: Source[] = [
        ...kinds.map((kind) => ({ key: `shop/${folder}/${kind}`, kind, name: kind, bytes: content })),
        { key: `shop/${folder}/csv`, kind: 'table', name: 'csv', text: String(content) },
      ];
      const { added, updated, unchanged, warnings } = await syncKnowledge(
        { store, parser },
        { accountId, sources, keyPrefix: 'shop/' },
      );
      return { added, updated, unchanged, warnings: warnings.length, read: read.splice(0).length };
    };
    expect(await sync('old')).toEqual({ added: 5, updated: 0, unchanged: 0, warnings: 10, read: 5 });
    expect(await sync('old')).toEqual({ added: 0, updated: 0, unchanged: 5, warnings: 10, read: 0 });
    expect(await sync('new')).toEqual({ added: 0, updated: 0, unchanged: 5, warnings: 10, read: 0 });
    expect(await sync('new', Buffer.from('другой'))).toMatchObject({ updated: 5, read: 5 });
  });

  test('removes nothing when a file is synced alone', async () => {
    const store = createMemoryKnowledgeStore();
    await syncKnowledge({ store }, { accountId, sources: [source('shop/a', 'один')] });
    const report = await syncKnowledge({ store }, { accountId, sources: [source('shop/b', 'два')] });
    expect(report.removed).toBe(0);
  });

  test('a source that cannot be read keeps its document and is reported, the others are synced', async () => {
    const store = createMemoryKnowledgeStore();
    await syncKnowledge({ store }, { accountId, sources: [source('shop/a', 'старое')] });
    const failure = { sourceKey: 'shop/a', code: 'knowledge.file-too-large', message: 'zu groß' };
    const broken: Source = { key: 'shop/b', kind: 'table', name: 'b', text: 'name,price\n"1,2' };
    const report = await syncKnowledge(
      { store },
      { accountId, sources: [broken, source('shop/c', 'новое')], failed: [failure], keyPrefix: 'shop/' },
    );
    expect(report).toMatchObject({ added: 1, removed: 0 });
    expect(report.failed).toEqual([failure, expect.objectContaining({ code: 'knowledge.broken-csv' })]);
    expect(store.contentOf(accountId).map(({ sourceKey }) => sourceKey)).toEqual(['shop/a', 'shop/c']);
  });

  test('rows without a question or an answer are told as long as the table has them', async () => {
    const store = createMemoryKnowledgeStore();
    const rows = ['Есть чек?,Да', 'Где вы?,', ...Array.from({ length: 6 }, () => ',ответ')];
    const table: Source = {
      key: 'shop/a.csv',
      kind: 'table',
      name: 'a',
      text: `question,answer\n${rows.join('\n')}`,
    };
    const warnings = [
      {
        sourceKey: 'shop/a.csv',
        code: 'knowledge.incomplete-pairs',
        message:
          '7 rows are left out: line 3 has no answer, line 4 has no question, line 5 has no question, line 6 has no question, line 7 has no question and 2 more',
      },
    ];
    const sync = () => syncKnowledge({ store }, { accountId, sources: [table] });
    expect(await sync()).toMatchObject({ added: 1, failed: [], warnings });
    expect(await sync()).toMatchObject({ unchanged: 1, failed: [], warnings });
    const hollow: Source = { ...table, key: 'shop/b.csv', text: 'question,answer\nГде вы?,' };
    expect(await syncKnowledge({ store }, { accountId, sources: [hollow] })).toMatchObject({
      failed: [
        { code: 'knowledge.incomplete-pairs', message: expect.stringContaining('line 2 has no answer') },
      ],
    });
  });

  test('what is embedded and indexed names document and heading, what is shown does not', async () => {
    const store = createMemoryKnowledgeStore();
    const { embedder, calls } = createFakeEmbedder();
    const markdown: Source = {
      key: 'a',
      kind: 'markdown',
      name: 'a',
      text: '# Магазин\n\n## Доставка\n\nДва дня.',
    };
    await syncKnowledge({ store, embedder }, { accountId, sources: [markdown] });
    const [chunk] = store.contentOf(accountId)[0]?.chunks ?? [];
    expect(chunk).toMatchObject({ content: 'Два дня.', searchText: 'магазин доставка два дня' });
    expect(calls).toEqual([['Магазин > Доставка\nДва дня.']]);
  });

  test('has the store count anew when a tenth of the base has changed', async () => {
    const store = createMemoryKnowledgeStore();
    let counted = 0;
    const documents = { ...store.documents, refreshStatistics: async () => void (counted += 1) };
    const sync = async (...contents: string[]) => {
      counted = 0;
      const sources = contents.map((content, index) => source(`shop/${index}`, content));
      await syncKnowledge({ store: { ...store, documents } }, { accountId, sources, keyPrefix: 'shop/' });
      return counted;
    };
    const twenty = Array.from({ length: 20 }, (_, index) => `текст ${index}`);
    expect([
      await sync(...twenty),
      await sync(...twenty),
      await sync(...twenty.with(0, 'новый')),
      await sync(...twenty.map((text, index) => (index < 3 ? `${text} и новый` : text))),
      await sync(...twenty.slice(0, 15)),
      await sync(),
    ]).toEqual([1, 0, 0, 1, 1, 1]);
  });

  test('reports its progress', async () => {
    const seen: unknown[] = [];
    await syncKnowledge(
      { store: createMemoryKnowledgeStore() },
      {
        accountId,
        sources: [source('a', 'а'), source('b', 'б')],
        onProgress: (progress) => seen.push(progress),
      },
    );
    expect(seen).toEqual([
      { done: 1, total: 2, stage: 'documents' },
      { done: 2, total: 2, stage: 'documents' },
    ]);
  });
});

describe('embedding during a sync', () => {
  const five = ['а', 'б', 'в', 'г', 'д'].map((letter) => source(letter, letter));

  test('small documents are embedded together, in batches the model takes', async () => {
    const { embedder, calls } = createFakeEmbedder({ maxBatchSize: 3 });
    const report = await syncKnowledge(
      { store: createMemoryKnowledgeStore(), embedder },
      { accountId, sources: five },
    );
    expect(calls.map((texts) => texts.length)).toEqual([3, 2]);
    expect(report).toMatchObject({ embedded: 5, embeddingTokens: 5 });
  });

  test('an unchanged base makes no call', async () => {
    const store = createMemoryKnowledgeStore();
    const { embedder, calls } = createFakeEmbedder();
    await syncKnowledge({ store, embedder }, { accountId, sources: five });
    calls.length = 0;
    expect(await syncKnowledge({ store, embedder }, { accountId, sources: five })).toMatchObject({
      unchanged: 5,
    });
    expect(calls).toEqual([]);
  });

  test('of a document that changed, only what it says anew is embedded', async () => {
    const store = createMemoryKnowledgeStore();
    const { embedder, calls } = createFakeEmbedder();
    const price = (delivery: string): Source => ({
      key: 'faq',
      kind: 'table',
      name: 'faq',
      text: `вопрос,ответ\nГде вы?,На Мира\nЕсть доставка?,${delivery}`,
    });
    await syncKnowledge({ store, embedder }, { accountId, sources: [price('За 300'), source('а', 'а')] });
    calls.length = 0;
    const sources = [price('За 400'), source('а', 'а'), source('б', 'На Мира')];
    expect(await syncKnowledge({ store, embedder }, { accountId, sources })).toMatchObject({
      added: 1,
      updated: 1,
      unchanged: 1,
      embedded: 2,
    });
    // What another document says belongs to that one.
    expect(calls).toEqual([[expect.stringContaining('За 400'), expect.stringContaining('На Мира')]]);
    const vectors = store
      .contentOf(accountId)
      .flatMap(({ chunks }) => chunks.map((chunk) => chunk.vectors.size));
    expect(vectors).toEqual([1, 1, 1, 1]);
  });

  test('without the model, what stays as it was keeps its vectors', async () => {
    const store = createMemoryKnowledgeStore();
    await syncKnowledge({ store, embedder: createFakeEmbedder().embedder }, { accountId, sources: five });
    const away = createFakeEmbedder({ failures: 100 });
    const renamed = five.map((each) => ({ ...each, itemId: 7 }));
    expect(
      await syncKnowledge({ store, embedder: away.embedder, sleep: noWait }, { accountId, sources: renamed }),
    ).toMatchObject({ updated: 5, embedded: 0, failed: [] });
    expect(away.calls).toEqual([]);
  });

  test('a model that makes vectors of other dimensions now does not keep the texts out', async () => {
    const store = createMemoryKnowledgeStore();
    const { embedder } = createFakeEmbedder();
    await syncKnowledge({ store, embedder }, { accountId, sources: five });
    const embed = async ({ texts }: { texts: readonly string[] }) => ({
      vectors: texts.map(() => [1, 2, 3, 4, 5]),
      tokens: 0,
    });
    const report = await syncKnowledge(
      { store, embedder: { ...embedder, embed } },
      { accountId, sources: [...five, source('новый', 'новый')] },
    );
    expect(report).toMatchObject({
      added: 1,
      embedded: 0,
      failed: [{ code: 'database.other-dimensions', message: expect.stringContaining('texts are stored') }],
    });
    expect(store.contentOf(accountId)).toHaveLength(6);
  });

  test('a base from before the model, or of another model, gets its vectors on the next sync', async () => {
    const store = createMemoryKnowledgeStore();
    await syncKnowledge({ store }, { accountId, sources: five });
    for (const model of ['first', 'second']) {
      const { embedder } = createFakeEmbedder({ model });
      const report = await syncKnowledge({ store, embedder }, { accountId, sources: five });
      expect(report).toMatchObject({ unchanged: 5, embedded: 5 });
    }
    const [chunk] = store.contentOf(accountId)[0]?.chunks ?? [];
    expect([...(chunk?.vectors.keys() ?? [])]).toEqual(['first|native|none', 'second|native|none']);
    expect(store.indexed).toEqual(['first|native|none', 'second|native|none']);
  });

  test('a failure that passes is retried', async () => {
    const { embedder, calls } = createFakeEmbedder({ failures: 2, maxBatchSize: 9 });
    const store = createMemoryKnowledgeStore();
    const report = await syncKnowledge({ store, embedder, sleep: noWait }, { accountId, sources: five });
    expect(report).toMatchObject({ embedded: 5, failed: [] });
    expect(calls).toHaveLength(3);
  });

  test('a model that stays away costs the vectors, not the texts, and is asked no more', async () => {
    const { embedder, calls } = createFakeEmbedder({ failures: 100, maxBatchSize: 1 });
    const store = createMemoryKnowledgeStore();
    const report = await syncKnowledge({ store, embedder, sleep: noWait }, { accountId, sources: five });
    expect(report).toMatchObject({ added: 5, embedded: 0, failed: [{ code: 'model.unavailable' }] });
    // Of the three batches that were under way.
    expect([...new Set(calls.flat())]).toEqual(['а\nа', 'б\nб', 'в\nв']);
    expect(store.contentOf(accountId)).toHaveLength(5);
  });

  test('while one batch is stored, others are embedded and stored', async () => {
    const { embedder } = createFakeEmbedder({ maxBatchSize: 1 });
    const store = createMemoryKnowledgeStore();
    const all = Promise.withResolvers<void>();
    let storing = 0;
    let most = 0;
    const replace: typeof store.documents.replace = async (document) => {
      storing += 1;
      most = Math.max(most, storing);
      if (storing === 3) all.resolve();
      await all.promise;
      storing -= 1;
      await store.documents.replace(document);
    };
    const slow = { ...store, documents: { ...store.documents, replace } };
    const report = await syncKnowledge({ store: slow, embedder }, { accountId, sources: five });
    expect([report.added, report.embedded, most]).toEqual([5, 5, 3]);
  });

  test('a store that fails ends the sync, with nothing left running behind it', async () => {
    const { embedder } = createFakeEmbedder({ maxBatchSize: 1 });
    const store = createMemoryKnowledgeStore();
    let storing = 0;
    const replace: typeof store.documents.replace = async (document) => {
      storing += 1;
      if (document.sourceKey === 'а') throw new Error('no room');
      await new Promise(setImmediate);
      await store.documents.replace(document);
      storing -= 1;
    };
    const full = { ...store, documents: { ...store.documents, replace } };
    await expect(syncKnowledge({ store: full, embedder }, { accountId, sources: five })).rejects.toThrow(
      'no room',
    );
    expect([storing, store.contentOf(accountId).length]).toEqual([1, 2]);
  });

  test('an abort is thrown', async () => {
    const { embedder } = createFakeEmbedder();
    const signal = AbortSignal.abort(new Error('stop'));
    const running = syncKnowledge(
      { store: createMemoryKnowledgeStore(), embedder },
      { accountId, sources: five, signal },
    );
    await expect(running).rejects.toThrow('stop');
  });
});
