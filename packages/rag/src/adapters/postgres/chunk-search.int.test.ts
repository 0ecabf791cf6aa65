import { describe, expect, test } from 'vitest';
import { createRetriever } from '../../retrieval/retriever.ts';
import { createFakeEmbedder, letterVector } from '../../testing/fake-models.ts';
import { fillTables, newAccountId, text, useTestPool } from '../../testing/knowledge-tables.ts';
import { createPostgresChunkSearch } from './chunk-search.ts';

const pool = useTestPool();
const search = createPostgresChunkSearch(pool);

async function baseOf(contents: Record<string, string>, { withVectors = false } = {}) {
  const accountId = newAccountId();
  const { embedder } = createFakeEmbedder({ maxBatchSize: 50, model: `letters-${accountId}` });
  const sources = Object.entries(contents).map(([key, content]) => text(key, content));
  await fillTables({ pool, accountId, sources, ...(withVectors ? { embedder } : {}) });
  const retriever = createRetriever({ search, ...(withVectors ? { embedder } : {}) });
  const keysFor = async (question: string) => {
    const { passages } = await retriever.retrieve({ accountId, question, limit: 5 });
    return passages.map(({ sourceKey }) => sourceKey);
  };
  return { accountId, embedder, retriever, keysFor };
}

const shop = {
  доставка: 'Доставляем в Казань за два дня.',
  гарантия: 'На телефоны гарантия шесть месяцев.',
  оплата: 'Принимаем карты и наличные, ещё переводы.',
};

describe('search by words', () => {
  test('finds other forms of the words, whatever the letter ё', async () => {
    const { keysFor } = await baseOf(shop);
    expect(await keysFor('ПЕРЕВОДОМ ЕЩЕ принимаете?')).toEqual(['оплата']);
    expect(await keysFor('доставите из Казани?')).toEqual(['доставка']);
  });

  test('needs one of the words, not all of them', async () => {
    const { keysFor } = await baseOf(shop);
    expect(await keysFor('интересует вопрос про велосипеды, самокаты и гарантию')).toEqual(['гарантия']);
  });

  test('finds a misspelt word by its likeness', async () => {
    const { keysFor } = await baseOf(shop);
    expect(await keysFor('какая гарнатия')).toEqual(['гарантия']);
    expect(await keysFor('налчиные')).toEqual(['оплата']);
  });

  test('puts the rarer word first', async () => {
    const { keysFor } = await baseOf({ ...shop, ещё: 'Казань, Казань: самовывоз.', и: 'Самовывоз в Туле.' });
    expect((await keysFor('самовывоз Тула'))[0]).toBe('и');
  });

  test('finds nothing in an empty base, nor for an empty question', async () => {
    const { keysFor } = await baseOf(shop);
    expect(await keysFor('здравствуйте')).toEqual([]);
    const retriever = createRetriever({ search });
    const nobody = await retriever.retrieve({ accountId: newAccountId(), question: 'гарантия', limit: 5 });
    expect(nobody.passages).toEqual([]);
  });

  test('takes a question as data, quotes and operators included', async () => {
    const { keysFor } = await baseOf(shop);
    expect(await keysFor(`гарантия' & !(:* | "'); drop table chunks; --`)).toEqual(['гарантия']);
  });

  test('never shows another account', async () => {
    const own = await baseOf({ мой: 'Секретная скидка.' }, { withVectors: true });
    const other = await baseOf({ чужой: 'Секретная скидка.' }, { withVectors: true });
    const { hits } = await own.retriever.rank({
      accountId: other.accountId,
      question: 'секретная скидка',
      limit: 5,
    });
    expect(hits).toHaveLength(1);
    const chunkIds = hits.map(({ chunkId }) => chunkId);
    expect(await search.loadChunks({ accountId: own.accountId, chunkIds })).toEqual([]);
    expect(await search.loadChunks({ accountId: other.accountId, chunkIds })).toMatchObject([
      { sourceKey: 'чужой', content: 'Секретная скидка.' },
    ]);
  });
});

describe('search by meaning', () => {
  test('finds what shares no word with the question, nearest first', async () => {
    const { accountId, embedder, keysFor } = await baseOf(shop, { withVectors: true });
    // The fake model calls an anagram the same.
    expect((await keysFor('ан ыноф елет яитнараг ьтсеш вецясем'))[0]).toBe('гарантия');
    const vector = letterVector(`гарантия\n${shop.гарантия}`);
    const hits = await search.searchDense({ accountId, spaceKey: embedder.spaceKey, vector, limit: 2 });
    expect(hits).toHaveLength(2);
    expect(hits[0]?.similarity).toBeCloseTo(1, 2);
    expect(hits[0]?.similarity).toBeGreaterThan(hits[1]?.similarity ?? 1);
  });

  test('a question of other dimensions is refused', async () => {
    const { accountId, embedder } = await baseOf(shop, { withVectors: true });
    const query = { accountId, spaceKey: embedder.spaceKey, vector: [1, 2, 3], limit: 2 };
    await expect(search.searchDense(query)).rejects.toMatchObject({
      code: 'knowledge.other-dimensions',
      message: expect.stringContaining('3 dimensions'),
    });
  });

  test('a space without vectors finds nothing', async () => {
    const { accountId } = await baseOf(shop);
    const query = { accountId, spaceKey: 'nobody|native|none', vector: [1], limit: 2 };
    expect(await search.searchDense(query)).toEqual([]);
  });

  test('a model that fails leaves the words', async () => {
    const { accountId } = await baseOf(shop, { withVectors: true });
    const { embedder } = createFakeEmbedder({ failures: 1 });
    const retriever = createRetriever({ search, embedder });
    const { passages, dense } = await retriever.retrieve({ accountId, question: 'гарантия', limit: 5 });
    expect(dense).toEqual([]);
    expect(passages.map(({ sourceKey }) => sourceKey)).toEqual(['гарантия']);
  });
});

describe('what belongs to a listing', () => {
  const itemId = 7_632_548_911;
  const ofItem = (key: string, content: string) => ({ ...text(key, content), itemId });

  test('is found first where the question is about it, and not at all elsewhere', async () => {
    const accountId = newAccountId();
    const sources = [
      text('общее', 'Размер размер: таблица размеров.'),
      ofItem('объявление', 'Куртка, размер на бирке, отдам с чехлом.'),
    ];
    await fillTables({ pool, accountId, sources });
    const retriever = createRetriever({ search });
    const keysOf = async (query: { itemId?: number }) => {
      const { passages } = await retriever.retrieve({ accountId, question: 'размер', limit: 4, ...query });
      return passages.map(({ sourceKey }) => sourceKey);
    };
    expect(await keysOf({ itemId })).toEqual(['объявление', 'общее']);
    expect(await keysOf({})).toEqual(['общее']);
    expect(await keysOf({ itemId: 1 })).toEqual(['общее']);
  });

  test('is part of the whole base only for that listing', async () => {
    const accountId = newAccountId();
    await fillTables({ pool, accountId, sources: [text('а', 'Общее.'), ofItem('б', 'Своё.')] });
    const whole = async (query: { itemId?: number; maxCharacters: number }) =>
      (await search.loadSmallBase({ accountId, ...query }))?.map(({ content }) => content);
    expect(await whole({ itemId, maxCharacters: 1_000 })).toEqual(['Общее.', 'Своё.']);
    expect(await whole({ maxCharacters: 1_000 })).toEqual(['Общее.']);
    expect(await whole({ maxCharacters: 5 })).toBeUndefined();
    expect(await search.loadSmallBase({ accountId: newAccountId(), maxCharacters: 1_000 })).toBeUndefined();
  });
});

describe('a misspelt word', () => {
  test.each(['самовывз', 'саомвывоз', 'самовывоза', 'смовывоз', 'самоывоз', 'самлвывоз', 'самовыовз'])(
    '„%s“ is found wherever the slip is',
    async (word) => {
      const { keysFor } = await baseOf({ ...shop, самовывоз: 'Самовывоз со склада.' });
      expect(await keysFor(word)).toEqual(['самовывоз']);
    },
  );

  test.each(['чхол', 'чехл', 'чеол', 'ечхол'])('„%s“ is found though it is short', async (word) => {
    const { keysFor } = await baseOf({ ...shop, чехол: 'Чехол в подарок.' });
    expect(await keysFor(word)).toEqual(['чехол']);
  });

  test('may also be a part of a compound, however long that is', async () => {
    const { keysFor } = await baseOf({ ...shop, самокат: 'Электросамокат на гарантийном учёте.' });
    expect(await keysFor('самокат')).toEqual(['самокат']);
  });
});

test('a base that cannot be read is an error of its own', async () => {
  const { Pool } = await import('pg');
  const broken = createPostgresChunkSearch(new Pool({ connectionString: 'postgres://127.0.0.1:1/none' }));
  await expect(broken.stem({ texts: ['а'] })).rejects.toMatchObject({
    code: 'knowledge.search-failed',
    isRetryable: true,
  });
});
