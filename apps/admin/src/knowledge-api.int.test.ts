import { rowsXml, xlsxFile } from '@avito-autoreply/rag/testing';
import { describe, expect, test } from 'vitest';
import { embedderOf, setUp } from './testing/fixture.ts';

type Call = Awaited<ReturnType<typeof setUp>>['call'];
const put = (call: Call, body: object) => call('/api/v1/knowledge/documents', { method: 'POST', body });

describe('a file', () => {
  test('is added, then unchanged, then updated, and answers questions', async () => {
    const { call } = await setUp();
    const file = { file_name: 'delivery.md', text: '# Доставка\n\nДоставка в Казань стоит 490 рублей.' };
    for (const outcome of ['added', 'unchanged'])
      expect(await put(call, file)).toMatchObject({
        status: 200,
        body: { outcome, id: 'uploads/delivery.md' },
      });
    expect(await put(call, { ...file, text: `${file.text} По Москве — 390.` })).toMatchObject({
      body: { outcome: 'updated' },
    });
    const { body } = await call('/api/v1/answers', {
      method: 'POST',
      body: { question: 'Сколько стоит доставка в Казань?' },
    });
    expect(body).toMatchObject({ text: expect.stringContaining('490') });
  });

  test('that cannot be read is refused in the owner’s language, and the old one stays', async () => {
    const { call } = await setUp();
    const page = Buffer.from('<h1>Цены</h1><p>Чехол 590 ₽</p>').toString('base64');
    await put(call, { file_name: 'a.html', content_base64: page });
    const broken = await put(call, {
      file_name: 'b.pdf',
      content_base64: Buffer.from('%PDF-1.7').toString('base64'),
    });
    expect(broken).toMatchObject({
      status: 422,
      body: { error: { code: 'knowledge.broken-file', message: expect.stringContaining('Файл повреждён') } },
    });
    expect(await put(call, { file_name: 'c.exe', text: 'x' })).toMatchObject({
      status: 422,
      body: { error: { code: 'knowledge.unsupported-kind' } },
    });
    expect((await call('/api/v1/knowledge/documents')).body).toMatchObject({
      documents: [{ id: 'uploads/a.html', kind: 'html' }],
    });
    expect((await call('/api/v1/knowledge/sources')).body).toMatchObject({
      sources: [
        { id: 'uploads/a.html', state: 'synced', error: null },
        {
          id: 'uploads/b.pdf',
          state: 'failed',
          error: { owner_text: expect.stringContaining('Файл повреждён') },
        },
      ],
    });
  });

  test.each([
    [{ file_name: '../a.md', text: 'x' }, 400],
    [{ file_name: 'a\nb.md', text: 'x' }, 400],
    [{ file_name: 'a\ud800.md', text: 'x' }, 400],
    [{ file_name: 'a.md' }, 400],
    [{ file_name: 'a.md', text: 'x', content_base64: 'eA==' }, 400],
    [{ file_name: 'a.pdf', content_base64: 'не base64' }, 400],
  ])('asked for wrongly is refused: %o', async (body, status) => {
    const { call } = await setUp();
    expect(await put(call, body)).toMatchObject({ status });
  });

  test('may come in Base64 with broken lines', async () => {
    const { call } = await setUp();
    const packed = Buffer.from('# Цены\n\nЧехол 590 ₽').toString('base64');
    const broken = packed.replaceAll(/.{12}/g, '$&\r\n');
    expect(await put(call, { file_name: 'a.md', content_base64: broken })).toMatchObject({ status: 200 });
  });

  test('may be an Excel table', async () => {
    const { call } = await setUp();
    const rows = rowsXml([
      ['Товар', 'Цена, руб.'],
      ['Чехол для iPhone 13', 1590],
      ['Стекло для iPhone 14', 990],
    ]);
    const packed = Buffer.from(xlsxFile({ sheets: [{ rows }] })).toString('base64');
    const file = { file_name: 'prices.xlsx', content_base64: packed };
    expect(await put(call, file)).toMatchObject({ status: 200, body: { outcome: 'added', warnings: [] } });
    expect((await call('/api/v1/knowledge/documents')).body).toMatchObject({
      documents: [{ id: 'uploads/prices.xlsx', kind: 'xlsx', title: 'prices' }],
    });
    const { body } = await call('/api/v1/answers', {
      method: 'POST',
      body: { question: 'Сколько стоит чехол для iPhone 13?' },
    });
    expect(body).toMatchObject({ text: expect.stringContaining('1590 руб') });
    const old = Buffer.from('d0cf11e0a1b11ae1', 'hex').toString('base64');
    expect(await put(call, { file_name: 'old.xlsx', content_base64: old })).toMatchObject({
      status: 422,
      body: { error: { code: 'knowledge.is-old-office', message: expect.stringContaining('.xlsx') } },
    });
  });

  test('may be larger than a message', async () => {
    const { call } = await setUp();
    const text = 'Слово за слово, и текст вырос до ста килобайт.\n\n'.repeat(1_300);
    expect(await put(call, { file_name: 'long.txt', text })).toMatchObject({ status: 200 });
  });
});

test('what belongs to a listing is found by who asks about it, and by nobody else', async () => {
  const { call } = await setUp();
  await put(call, { file_name: 'watch.md', text: 'Часы Полёт продаём за 14 900 ₽.', item_id: 777 });
  const search = async (item = '') =>
    (await call(`/api/v1/knowledge/search?q=${encodeURIComponent('часы Полёт')}${item}`)).body;
  expect(await search()).toMatchObject({ passages: [] });
  expect(await search('&item_id=778')).toMatchObject({ passages: [] });
  expect(await search('&item_id=777')).toMatchObject({ passages: [{ document_id: 'uploads/watch.md' }] });
  expect((await call('/api/v1/knowledge/search?q=a&item_id=x')).status).toBe(400);
});

test('a file whose vectors cannot be made is stored, and the answer says what it lacks', async () => {
  const { call } = await setUp({ embedder: embedderOf('away|native|none') });
  const added = await put(call, { file_name: 'a.md', text: '# Оплата\n\nКарта.' });
  expect(added).toMatchObject({
    status: 200,
    body: {
      outcome: 'added',
      embedded: 0,
      warnings: [{ code: 'model.refused', owner_text: expect.stringContaining('по словам') }],
    },
  });
});

describe('a source', () => {
  test('is kept with its rhythm, due at once, and can be removed', async () => {
    const { call } = await setUp();
    const url = 'https://shop.example/delivery?a=b';
    const added = await call('/api/v1/knowledge/sources', {
      method: 'POST',
      body: { url, every_hours: 24, item_id: 7 },
    });
    expect(added).toMatchObject({
      status: 200,
      body: { source: { id: url, kind: 'url', state: 'new', every_hours: 24, item_id: 7, progress: null } },
    });
    const remove = () => call(`/api/v1/knowledge/sources/${encodeURIComponent(url)}`, { method: 'DELETE' });
    expect(await remove()).toMatchObject({ status: 200 });
    expect(await remove()).toMatchObject({
      status: 404,
      body: { error: { code: 'knowledge.unknown-source' } },
    });
  });

  test('that is asked for again is read anew, and keeps what is left out; null ends it', async () => {
    const { call } = await setUp();
    const url = 'https://shop.example/delivery';
    const add = async (more: object = {}) =>
      (await call('/api/v1/knowledge/sources', { method: 'POST', body: { url, ...more } })).body;
    await add({ every_hours: 24, item_id: 7 });
    expect(await add()).toMatchObject({ source: { every_hours: 24, item_id: 7 } });
    expect(await add({ every_hours: null })).toMatchObject({ source: { every_hours: null, item_id: 7 } });
    expect(await add({ item_id: null })).toMatchObject({ source: { every_hours: null, item_id: null } });
  });

  test.each(['file:///etc/passwd', 'ftp://a.b/', 'nonsense', 'http://a.b/c\0d'])(
    '%j is refused',
    async (url) => {
      const { call } = await setUp();
      expect(await call('/api/v1/knowledge/sources', { method: 'POST', body: { url } })).toMatchObject({
        status: 400,
      });
    },
  );

  test.each([
    'http://127.0.0.1/prices',
    'http://10.0.0.1/',
    'http://[::1]/',
    'http://localhost:3001/',
    'http://shop.localhost./',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://[::ffff:7f00:1]/',
  ])('of a private network is refused before it is kept: %s', async (url) => {
    const { call } = await setUp();
    expect(await call('/api/v1/knowledge/sources', { method: 'POST', body: { url } })).toMatchObject({
      status: 400,
      body: { error: { code: 'knowledge.url-forbidden' } },
    });
    expect((await call('/api/v1/knowledge/sources')).body).toMatchObject({ sources: [] });
  });

  test('is the listings where they are asked for, and nothing where nothing is', async () => {
    const { call, accountId } = await setUp();
    const add = (body: object) => call('/api/v1/knowledge/sources', { method: 'POST', body });
    for (const body of [
      { account_id: accountId },
      { kind: 'url' },
      { kind: 'listings', url: 'https://shop.example/' },
    ])
      expect(await add(body)).toMatchObject({
        status: 400,
        body: { error: { code: 'request.invalid', message: expect.stringContaining('"kind": "listings"') } },
      });
    expect((await call('/api/v1/knowledge/sources')).body).toMatchObject({ sources: [] });
    expect(await add({ kind: 'listings', every_hours: 6 })).toMatchObject({
      status: 200,
      body: { source: { id: 'avito:listings', kind: 'listings', every_hours: 6 } },
    });
    expect(await add({ kind: 'url', url: 'https://shop.example/' })).toMatchObject({ status: 200 });
  });

  test('whose address holds a password is refused before anything of it is kept', async () => {
    const { call } = await setUp();
    const url = 'https://user:password@shop.example/prices';
    expect(await call('/api/v1/knowledge/sources', { method: 'POST', body: { url } })).toMatchObject({
      status: 400,
      body: { error: { code: 'knowledge.url-bad', message: expect.not.stringContaining('password@') } },
    });
    expect((await call('/api/v1/knowledge/sources')).body).toMatchObject({ sources: [] });
  });
});

test('the report names contradicting prices with both places', async () => {
  const { call } = await setUp();
  for (const [name, price] of [
    ['a', 490],
    ['b', 590],
  ] as const)
    await put(call, { file_name: `${name}.txt`, text: `Доставка в Казань стоит ${price} рублей.` });
  expect((await call('/api/v1/knowledge/report')).body).toMatchObject({
    passages: 2,
    contradictions: [
      {
        kind: 'price',
        places: [
          { document_id: 'uploads/a.txt', value: '490' },
          { document_id: 'uploads/b.txt', value: '590' },
        ],
      },
    ],
  });
});

test('a space that nobody filled does not serve', async () => {
  const { call } = await setUp();
  const body = { space: 'nobody|native|none' };
  expect(await call('/api/v1/knowledge/spaces/switch', { method: 'POST', body })).toMatchObject({
    status: 404,
    body: { error: { code: 'database.unknown-space' } },
  });
});

describe('an embedding space', () => {
  const spaces = '/api/v1/knowledge/spaces';
  const ask = (call: Call, body: object = {}) => call(`${spaces}/rebuild`, { method: 'POST', body });

  test('is asked for, and waits for a worker', async () => {
    const { call } = await setUp({ embedder: embedderOf('new|native|none') });
    expect((await call(spaces)).body).toMatchObject({ configured: 'new|native|none', rebuild: null });
    const waiting = {
      space: 'new|native|none',
      switch: false,
      state: 'waiting',
      progress: null,
      error: null,
    };
    expect(await ask(call, { switch: false })).toMatchObject({ status: 200, body: { rebuild: waiting } });
    expect((await call(spaces)).body).toMatchObject({ rebuild: waiting });
  });

  test('that could not be filled says so, and that the search goes on as before', async () => {
    const { call, accountId, knowledge } = await setUp({ embedder: embedderOf('new|native|none') });
    await ask(call);
    const error = { code: 'model.unavailable', message: 'POST /embeddings: 500' };
    await knowledge.rebuilds.end({ accountId, error });
    expect((await call(spaces)).body).toMatchObject({
      rebuild: { state: 'failed', error: { ...error, owner_text: expect.stringContaining('как прежде') } },
    });
  });

  test('without an embedding model is not asked for', async () => {
    const { call } = await setUp();
    expect(await ask(call)).toMatchObject({
      status: 409,
      body: { error: { code: 'knowledge.no-embedding-model' } },
    });
    expect((await call(spaces)).body).toMatchObject({ configured: null, rebuild: null });
  });

  test('that serves is not dropped, one that does not is', async () => {
    const { call, accountId, knowledge } = await setUp();
    const keys = ['old', 'new'].map((model) => `${model}-${accountId}|native|none`);
    for (const key of keys) {
      await knowledge.spaces.ensure({ key, model: key, dimensions: 2 });
      await put(call, { file_name: 'a.md', text: '# Оплата\n\nКарта.' });
      const chunks = await knowledge.chunks.listWithoutVector({ accountId, spaceKey: key, limit: 9 });
      const vectors = chunks.map(({ chunkId }) => ({ chunkId, vector: [1, 0] }));
      await knowledge.chunks.saveVectors({ accountId, space: { key, model: key, dimensions: 2 }, vectors });
      await knowledge.spaces.activate({ accountId, spaceKey: key });
    }
    const drop = (key = '') => call(`${spaces}/${encodeURIComponent(key)}`, { method: 'DELETE' });
    expect(await drop(keys[1])).toMatchObject({
      status: 409,
      body: { error: { code: 'database.space-in-use' } },
    });
    expect(await drop(keys[0])).toMatchObject({ status: 200, body: { vectors: 1 } });
    expect(await drop('nothing|native|none')).toMatchObject({ status: 404 });
  });
});
