import { zipFile } from '@avito-autoreply/rag/testing';
import { expect, test } from 'vitest';
import { API_KEY } from './testing/admin-server.ts';
import { setUp } from './testing/fixture.ts';

type Fixture = Awaited<ReturnType<typeof setUp>>;
const path = '/api/v1/knowledge';
const put = ({ call }: Fixture, file_name: string, text: string) =>
  call(`${path}/documents`, { method: 'POST', body: { file_name, text } });

async function exported({ url }: Fixture, query = ''): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`${url}${path}/export${query}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="knowledge.zip"');
  return new Uint8Array(await response.arrayBuffer());
}

const imported = ({ call }: Fixture, body: unknown, query = '') =>
  call(`${path}/import${query}`, { method: 'POST', body, headers: { 'content-type': 'application/zip' } });

const idsOf = async ({ call }: Fixture) => {
  const { body } = await call(`${path}/documents`);
  return (body as { documents: { id: string }[] }).documents.map(({ id }) => id);
};

/** One passage with a vector, in a space of its own, which serves. */
async function fillSpace({ accountId, knowledge }: Fixture, dimensions = 2): Promise<string> {
  const key = `model-${accountId}|native|none`;
  const space = { key, model: 'model', dimensions };
  await knowledge.spaces.ensure(space);
  const chunks = await knowledge.chunks.listWithoutVector({ accountId, spaceKey: key, limit: 99 });
  const vectors = chunks.map(({ chunkId }) => ({
    chunkId,
    vector: Array.from({ length: dimensions }, () => 0.5),
  }));
  await knowledge.chunks.saveVectors({ accountId, space, vectors });
  await knowledge.spaces.activate({ accountId, spaceKey: key });
  return key;
}

test('a base goes from one account to another, with addresses and vectors, and gives the same bytes again', async () => {
  const from = await setUp();
  await put(from, 'Доставка.md', '# Доставка\n\nВ Казань — 490 рублей.');
  await from.call(`${path}/sources`, {
    method: 'POST',
    body: { url: 'https://shop.example/', every_hours: 24 },
  });
  const space = await fillSpace(from);
  const bytes = await exported(from);
  const to = await setUp();
  await put(to, 'old.md', 'Старое.');
  expect(await imported(to, bytes)).toMatchObject({
    status: 200,
    body: { documents: 1, passages: 1, vectors: 1, removed: 0 },
  });
  expect(await idsOf(to)).toEqual(['uploads/old.md', 'uploads/Доставка.md']);
  expect(await imported(to, bytes, '?replace=true')).toMatchObject({ body: { removed: 1 } });
  expect(await idsOf(to)).toEqual(['uploads/Доставка.md']);
  expect((await to.call(`${path}/spaces`)).body).toMatchObject({
    spaces: [{ id: space, serves: true, missing: 0 }],
  });
  expect((await to.call(`${path}/sources`)).body).toMatchObject({
    sources: [{ id: 'https://shop.example/', every_hours: 24 }, { id: 'uploads/Доставка.md' }],
  });
  expect(await exported(to)).toEqual(bytes);
});

test('a base that is replaced reads nothing again that the export does not name', async () => {
  const from = await setUp();
  await put(from, 'a.md', '# Оплата\n\nКарта.');
  await from.call(`${path}/sources`, { method: 'POST', body: { url: 'https://shop.example/' } });
  const bytes = await exported(from);
  const to = await setUp();
  await to.call(`${path}/sources`, { method: 'POST', body: { kind: 'listings', every_hours: 2 } });
  await to.call(`${path}/sources`, { method: 'POST', body: { url: 'https://old.example/', every_hours: 2 } });
  const sourcesOf = async () =>
    ((await to.call(`${path}/sources`)).body as { sources: { id: string }[] }).sources.map(({ id }) => id);
  await imported(to, bytes);
  expect(await sourcesOf()).toEqual([
    'avito:listings',
    'https://old.example/',
    'https://shop.example/',
    'uploads/a.md',
  ]);
  await imported(to, bytes, '?replace=true');
  expect(await sourcesOf()).toEqual(['https://shop.example/', 'uploads/a.md']);
});

test('without vectors it takes the texts alone', async () => {
  const from = await setUp();
  await put(from, 'a.md', '# Оплата\n\nКарта.');
  await fillSpace(from);
  const to = await setUp();
  expect(await imported(to, await exported(from, '?vectors=false'))).toMatchObject({
    status: 200,
    body: { documents: 1, vectors: 0 },
  });
  expect((await to.call(`${path}/spaces`)).body).toMatchObject({ spaces: [] });
});

test('texts that come without the vectors of the serving space are told of', async () => {
  const from = await setUp();
  await put(from, 'a.md', '# Оплата\n\nКарта.');
  const to = await setUp();
  await put(to, 'b.md', '# Адрес\n\nТула.');
  await fillSpace(to);
  const bytes = await exported(from);
  expect(await imported(to, bytes)).toMatchObject({ status: 200, body: { documents: 1, missing: 1 } });
});

test('what is no export, or not all of one, changes nothing', async () => {
  const from = await setUp();
  await put(from, 'a.md', '# Оплата\n\nКарта.');
  await put(from, 'b.md', '# Адрес\n\nТула.');
  const bytes = await exported(from);
  const to = await setUp();
  await put(to, 'old.md', 'Старое.');
  const none = zipFile([{ name: 'notes.txt', data: Buffer.from('x') }]);
  const wrong = zipFile([{ name: 'manifest.json', data: Buffer.from('{"format":9}') }]);
  const zeros = zipFile([{ name: 'manifest.json', data: Buffer.alloc(300_000_000) }]);
  for (const [file, code] of [
    [bytes.slice(0, -40), 'knowledge.broken-file'],
    [new Uint8Array(Buffer.from('no zip')), 'knowledge.broken-file'],
    [none, 'knowledge.bad-export'],
    [wrong, 'knowledge.bad-export'],
    [zeros, 'knowledge.bad-export'],
  ] as const) {
    expect(await imported(to, file, '?replace=true')).toMatchObject({
      status: 422,
      body: { error: { code } },
    });
  }
  expect(await idsOf(to)).toEqual(['uploads/old.md']);
});

test('vectors that this database cannot hold are refused before anything is written', async () => {
  const fixture = await setUp();
  await put(fixture, 'a.md', '# Оплата\n\nКарта.');
  const key = await fillSpace(fixture, 2);
  const manifest = {
    format: 1,
    documents: 0,
    spaces: [{ key, model: 'model', dimensions: 3, folder: 'model' }],
    active_space: null,
    sources: [],
  };
  const file = zipFile([{ name: 'shop/manifest.json', data: Buffer.from(JSON.stringify(manifest)) }]);
  expect(await imported(fixture, file, '?replace=true')).toMatchObject({
    status: 409,
    body: { error: { code: 'database.other-dimensions' } },
  });
  expect(await idsOf(fixture)).toEqual(['uploads/a.md']);
});

test('a base that was lent is exported, and imported through its owner only', async () => {
  const fixture = await setUp({ accounts: 2, isLent: true });
  const [lender, borrower] = fixture.accountIds;
  await fixture.call(`${path}/documents`, {
    method: 'POST',
    body: { file_name: 'a.md', text: 'Карта.', account_id: lender },
  });
  const bytes = await exported(fixture, `?account_id=${borrower}`);
  expect(await imported(fixture, bytes, `?account_id=${borrower}`)).toMatchObject({
    status: 409,
    body: { error: { code: 'knowledge.lent' } },
  });
  expect(await imported(fixture, bytes, `?account_id=${lender}`)).toMatchObject({ body: { documents: 1 } });
});
