import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newChat, useTestDatabase } from '../testing/test-database.ts';
import { createKnowledgeRepositories } from './knowledge-repositories.ts';
import type { NewChunk } from './write-document.ts';

const { pool } = useTestDatabase();
const { documents, chunks } = createKnowledgeRepositories(pool);
const newAccountId = () => newChat().accountId;

const chunk = (content: string, changes: Partial<NewChunk> = {}): NewChunk => ({
  heading: 'Магазин',
  question: null,
  content,
  searchText: content,
  ...changes,
});
const put = (accountId: number, sourceKey: string, ...contents: (string | NewChunk)[]) =>
  documents.replace({
    accountId,
    sourceKey,
    title: `Документ ${sourceKey}`,
    contentHash: 'hash',
    chunks: contents.map((content) => (typeof content === 'string' ? chunk(content) : content)),
  });

/** Eight bytes per chunk: 44 bits of its id, 8 of the lexeme's frequency, 12 of the occurrences of all its lexemes. */
function postingsOf(list: Buffer) {
  return Array.from({ length: list.length / 8 }, (_, index) => {
    const posting = list.readBigUInt64BE(index * 8);
    return {
      chunkId: Number(posting >> 20n),
      frequency: Number((posting >> 12n) & 0xffn),
      terms: Number(posting & 0xfffn),
    };
  });
}

/** What BM25 is computed from. */
async function figuresOf(accountId: number) {
  const base = await pool.query('select chunks::int, terms::int from knowledge_bases where account_id = $1', [
    accountId,
  ]);
  const lexicon = await pool.query('select lexeme, chunks from lexicon where account_id = $1', [accountId]);
  const postings = await pool.query(
    'select lexeme, postings from posting_lists where account_id = $1 order by lexeme, document_id, part',
    [accountId],
  );
  return {
    base: base.rows[0],
    lexicon: Object.fromEntries(lexicon.rows.map(({ lexeme, chunks: count }) => [lexeme, count])),
    postings: postings.rows.flatMap(({ lexeme, postings: list }) =>
      postingsOf(list).map(({ frequency, terms }) => `${lexeme} ${frequency}/${terms}`),
    ),
  };
}

describe('documents', () => {
  test('are stored with their chunks in order, and listed', async () => {
    const accountId = newAccountId();
    await put(accountId, 'b', 'второй');
    await put(accountId, 'a', 'один', chunk('ответ', { question: 'вопрос?' }), 'три');
    expect(await documents.list({ accountId })).toMatchObject([
      { sourceKey: 'a', title: 'Документ a', chunks: 3, updatedAt: expect.any(Date) },
      { sourceKey: 'b', title: 'Документ b', chunks: 1 },
    ]);
    const stored = await chunks.listWithoutVector({ accountId, spaceKey: 'none', limit: 10 });
    expect(
      stored.map(({ sourceKey, position, question, content }) => [sourceKey, position, question, content]),
    ).toEqual([
      ['b', 1, null, 'второй'],
      ['a', 1, null, 'один'],
      ['a', 2, 'вопрос?', 'ответ'],
      ['a', 3, null, 'три'],
    ]);
  });

  test('are counted word by word', async () => {
    const accountId = newAccountId();
    await put(accountId, 'a', 'доставка и доставка в казань', 'гарантия');
    await put(accountId, 'b', 'доставки нет');
    expect(await figuresOf(accountId)).toEqual({
      base: { chunks: 3, terms: 5 },
      lexicon: { доставк: 2, казан: 1, гарант: 1 },
      postings: ['гарант 1/1', 'доставк 2/3', 'доставк 1/1', 'казан 1/3'],
    });
  });

  test('leave nothing behind when they are replaced or removed', async () => {
    const accountId = newAccountId();
    await put(accountId, 'a', 'доставка в казань', 'гарантия');
    await put(accountId, 'b', 'доставка');
    await put(accountId, 'a', 'самовывоз');
    expect(await figuresOf(accountId)).toEqual({
      base: { chunks: 2, terms: 2 },
      lexicon: { доставк: 1, самовывоз: 1 },
      postings: ['доставк 1/1', 'самовывоз 1/1'],
    });
    expect(await documents.remove({ accountId, sourceKeys: ['a', 'b', 'c'] })).toBe(2);
    expect(await figuresOf(accountId)).toEqual({ base: { chunks: 0, terms: 0 }, lexicon: {}, postings: [] });
    expect(await documents.remove({ accountId, sourceKeys: [] })).toBe(0);
  });

  test('of one account are no other account’s', async () => {
    const [mine, yours] = [newAccountId(), newAccountId()];
    await put(mine, 'a', 'доставка');
    await put(yours, 'a', 'доставка');
    await documents.removeAll({ accountId: mine });
    expect(await documents.list({ accountId: mine })).toEqual([]);
    expect(await figuresOf(mine)).toEqual({ base: undefined, lexicon: {}, postings: [] });
    expect((await figuresOf(yours)).lexicon).toEqual({ доставк: 1 });
  });

  test('that cannot be stored leave the old ones', async () => {
    const accountId = newAccountId();
    await put(accountId, 'a', 'старое');
    const space = { key: `m|${accountId}`, model: 'm', dimensions: 2 };
    const broken = documents.replace({
      accountId,
      sourceKey: 'a',
      title: 'новое',
      contentHash: 'новое',
      space,
      chunks: [chunk('новое', { vector: [1, Number.NaN] })],
    });
    await expect(broken).rejects.toThrow('NaN not allowed');
    expect((await figuresOf(accountId)).lexicon).toEqual({ стар: 1 });
    expect(await documents.list({ accountId })).toMatchObject([{ title: 'Документ a' }]);
  });

  test('take characters that Postgres does not', async () => {
    const accountId = newAccountId();
    await put(accountId, 'a', 'до\0ставка \uD800');
    expect((await figuresOf(accountId)).lexicon).toEqual({ доставк: 1 });
  });

  test('stored by two at once are counted right', async () => {
    const accountId = newAccountId();
    await Promise.all(['a', 'a', 'b', 'b', 'c'].map((key) => put(accountId, key, 'доставка')));
    expect(await figuresOf(accountId)).toMatchObject({
      base: { chunks: 3, terms: 3 },
      lexicon: { доставк: 3 },
    });
  });

  test('written and removed side by side, in whatever order, leave the figures of what is there', async () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const word = fc.constantFrom('доставка', 'казань', 'гарантия', 'самовывоз', 'чехол');
    const writing = fc.record({ key, contents: fc.array(word, { minLength: 1, maxLength: 4 }) });
    const steps = fc.array(fc.oneof({ weight: 4, arbitrary: writing }, fc.record({ key })), {
      minLength: 2,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (some) => {
        const accountId = newAccountId();
        await Promise.all(
          some.map((step) =>
            'contents' in step
              ? put(accountId, step.key, ...step.contents)
              : documents.remove({ accountId, sourceKeys: [step.key, 'd'] }),
          ),
        );
        const { base, lexicon } = await figuresOf(accountId);
        const { rows } = await pool.query(
          'select lexeme, sum(length(postings) / 8)::int as chunks from posting_lists where account_id = $1 group by 1',
          [accountId],
        );
        expect(lexicon).toEqual(Object.fromEntries(rows.map((row) => [row.lexeme, row.chunks])));
        const { rows: stored } = await pool.query('select from chunks where account_id = $1', [accountId]);
        expect(base ?? { chunks: 0, terms: 0 }).toEqual({ chunks: stored.length, terms: stored.length });
      }),
      { numRuns: 25 },
    );
  });
});

describe('vectors', () => {
  const spaceOf = (accountId: number, dimensions = 2) => ({
    key: `model-${accountId}`,
    model: 'model',
    dimensions,
  });

  test('come with their document, or later for the chunks that lack them', async () => {
    const accountId = newAccountId();
    const space = spaceOf(accountId);
    await put(accountId, 'b', 'без вектора', 'тоже без');
    await documents.replace({
      accountId,
      sourceKey: 'a',
      title: 'a',
      contentHash: 'a',
      space,
      chunks: [chunk('с вектором', { vector: [1, 2] })],
    });
    const missing = () => chunks.listWithoutVector({ accountId, spaceKey: space.key, limit: 10 });
    const [first, second] = await missing();
    expect((await missing()).map(({ content }) => content)).toEqual(['без вектора', 'тоже без']);
    expect(
      await chunks.listWithoutVector({ accountId, spaceKey: space.key, limit: 10, afterId: first?.chunkId }),
    ).toEqual([second]);
    await chunks.saveVectors({
      accountId,
      space,
      vectors: [
        { chunkId: first?.chunkId ?? 0, vector: [3, 4] },
        { chunkId: 999_999_999, vector: [5, 6] }, // replaced meanwhile
      ],
    });
    expect(await missing()).toEqual([second]);
    const { rows } = await pool.query(
      'select embedding::text from chunk_embeddings where account_id = $1 order by 1',
      [accountId],
    );
    expect(rows).toEqual([{ embedding: '[1,2]' }, { embedding: '[3,4]' }]);
  });

  test('go with their document', async () => {
    const accountId = newAccountId();
    const space = spaceOf(accountId);
    await documents.replace({
      accountId,
      sourceKey: 'a',
      title: 'a',
      contentHash: 'a',
      space,
      chunks: [chunk('x', { vector: [1, 2] })],
    });
    await put(accountId, 'a', 'y');
    expect(await chunks.listWithoutVector({ accountId, spaceKey: space.key, limit: 10 })).toHaveLength(1);
  });

  test('stay with what a new document says as the old one did, in all spaces', async () => {
    const accountId = newAccountId();
    const [space, other] = [spaceOf(accountId), { ...spaceOf(accountId, 3), key: `other-${accountId}` }];
    const replace = (...contents: NewChunk[]) =>
      documents.replace({ accountId, sourceKey: 'a', title: 'a', contentHash: 'a', space, chunks: contents });
    const asked = { question: 'сколько?' };
    await put(accountId, 'b', 'x');
    await replace(
      chunk('x', { vector: [1, 0.1] }),
      chunk('y', { vector: [2, 0] }),
      chunk('x', { ...asked, vector: [3, 0] }),
      chunk('z'),
    );
    const all = await chunks.listAll({ accountId, limit: 9 });
    const chunkId = all.find(({ content }) => content === 'y')?.chunkId ?? 0;
    await chunks.saveVectors({ accountId, space: other, vectors: [{ chunkId, vector: [7, 7, 7] }] });
    const sourceKeys = ['a', 'b'];
    expect(await chunks.listEmbedded({ accountId, spaceKey: space.key, sourceKeys })).toHaveLength(3);
    expect(await chunks.listEmbedded({ accountId, spaceKey: other.key, sourceKeys })).toEqual([
      { sourceKey: 'a', heading: 'Магазин', question: null, content: 'y' },
    ]);

    const fresh = chunk('new', { vector: [9, 9] });
    await replace(fresh, chunk('x', asked), chunk('y'), chunk('x'), chunk('x'), chunk('z'));
    const { rows } = await pool.query(
      `select d.source_key, c.content, array_remove(array_agg(e.embedding::text order by e.embedding::text), null) as vectors
         from documents d join chunks c on c.document_id = d.id left join chunk_embeddings e on e.chunk_id = c.id
        where c.account_id = $1 group by d.source_key, c.id order by d.source_key, c.position`,
      [accountId],
    );
    expect(rows.map(({ source_key: key, content, vectors }) => [key, content, ...vectors])).toEqual([
      ['a', 'new', '[9,9]'],
      ['a', 'x', '[3,0]'],
      ['a', 'y', '[2,0]', '[7,7,7]'],
      ['a', 'x', '[1,0.099975586]'],
      ['a', 'x', '[1,0.099975586]'],
      ['a', 'z'],
      ['b', 'x'],
    ]);
    expect(await figuresOf(accountId)).toMatchObject({
      base: { chunks: 7, terms: 7 },
      lexicon: { new: 1, x: 4, y: 1, z: 1 },
    });
  });

  test('of other dimensions do not get into a space', async () => {
    const accountId = newAccountId();
    await chunks.saveVectors({ accountId, space: spaceOf(accountId), vectors: [] });
    const other = chunks.saveVectors({ accountId, space: spaceOf(accountId, 3), vectors: [] });
    await expect(other).rejects.toMatchObject({ code: 'database.other-dimensions' });
  });

  test('of a base for the time of a measurement, whose account is negative, go with it', async () => {
    const accountId = -newAccountId();
    const space = spaceOf(accountId);
    const about = { accountId, sourceKey: 'a', title: 'a', contentHash: 'a' };
    await documents.replace({ ...about, space, chunks: [chunk('доставка', { vector: [1, 1] })] });
    expect(await chunks.ensureVectorIndex({ accountId, spaceKey: space.key, minVectors: 1 })).toBe(true);
    await documents.removeAll({ accountId });
    expect(await documents.list({ accountId })).toEqual([]);
  });

  test('of more dimensions than an index takes are stored, and compared one by one', async () => {
    const accountId = newAccountId();
    const dimensions = 4_096;
    const space = spaceOf(accountId, dimensions);
    const vector = Array.from({ length: dimensions }, () => 0.5);
    const about = { accountId, sourceKey: 'a', title: 'a', contentHash: 'a' };
    await documents.replace({ ...about, space, chunks: [chunk('доставка', { vector })] });
    expect(await chunks.ensureVectorIndex({ accountId, spaceKey: space.key, minVectors: 1 })).toBe(false);
  });

  test('get an index of their space once there are many, which finds the nearest', async () => {
    const accountId = newAccountId();
    const space = spaceOf(accountId);
    const contents = Array.from({ length: 40 }, (_, index) =>
      chunk(`номер ${index}`, { vector: [index + 1, 1] }),
    );
    await documents.replace({
      accountId,
      sourceKey: 'a',
      title: 'a',
      contentHash: 'a',
      space,
      chunks: contents,
    });
    expect(await chunks.ensureVectorIndex({ accountId, spaceKey: space.key, minVectors: 41 })).toBe(false);
    expect(await chunks.ensureVectorIndex({ accountId, spaceKey: space.key, minVectors: 40 })).toBe(true);
    expect(await chunks.ensureVectorIndex({ accountId, spaceKey: space.key, minVectors: 40 })).toBe(true);
    expect(await chunks.ensureVectorIndex({ accountId, spaceKey: 'nobody', minVectors: 0 })).toBe(false);
    const { rows: spaces } = await pool.query('select id from embedding_spaces where key = $1', [space.key]);
    const { rows } = await pool.query(
      `select indexdef from pg_indexes where tablename = 'chunk_embeddings' and indexname = format('chunk_embeddings_hnsw_%s_%s', $1::int, $2::bigint)`,
      [spaces[0].id, accountId],
    );
    expect(rows[0].indexdef).toMatch(
      /hnsw.*halfvec\(2\).*halfvec_cosine_ops.*m='16'.*ef_construction='64'.*space_id.*account_id/i,
    );
    await documents.removeAll({ accountId });
    expect(
      await pool.query(`select 1 from pg_indexes where indexname like '%hnsw%' || $1`, [accountId]),
    ).toMatchObject({
      rowCount: 0,
    });
  });
});

test('statistics can be refreshed', async () => {
  await expect(documents.refreshStatistics()).resolves.toBeUndefined();
});
