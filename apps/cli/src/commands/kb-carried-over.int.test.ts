import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, migrate, type Pool } from '@avito-autoreply/database';
import { createScratchDatabase } from '@avito-autoreply/embedded/testing';
import { createRag } from '@avito-autoreply/rag';
import { silentLogger } from '@avito-autoreply/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { startEmbeddingServer } from '../testing/embedding-server.ts';
import { runCli } from '../testing/run-cli.ts';

/** Written by the code of its time: what `kb sync` stored of the sources below, in one embedding space. */
const STORED = new URL('../testing/knowledge-of-0013.sql', import.meta.url);
const [MINE, YOURS, CHANGED, LARGE, FRESH] = [5e9 + 1, 5e9 + 2, 5e9 + 3, 5e9 + 4, 5e9 + 5] as const;
const BIKE = 7_632_548_911;
const SPACE = 'letters|native|none';
/** A table is one document, and fills two parts of a list. */
const PAIRS = 70;
const MANY = 10_000;

const vectorOf = (each: string) => [each.length / 100, each.charCodeAt(0) / 2_000, 0.5];

let databaseUrl: string;
let pool: Pool;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ databaseUrl, drop } = await createScratchDatabase({ databaseUrl: inject('databaseUrl') }));
  await migrate({ url: databaseUrl, logger: silentLogger, upTo: '0013_answer_thresholds' });
  pool = createPool({ url: databaseUrl, max: 2, logger: silentLogger });
  await pool.query(await readFile(STORED, 'utf8'));
  await storeLargeBase();
  expect(await migrate({ url: databaseUrl, logger: silentLogger })).toContain('0014_faster_retrieval');
});
afterAll(async () => {
  await pool.end();
  await drop();
});

/** With a graph for all vectors of the space, as there was then. */
async function storeLargeBase() {
  await pool.query(
    `with document as (
       insert into documents (account_id, source_key, title, content_hash) values (${LARGE}, 'goods', 'Товары', 'hash')
       returning id
     ), stored as (
       insert into chunks (account_id, document_id, position, heading, content)
       select ${LARGE}, document.id, n, 'Товары', 'Товар ' || n from document, generate_series(1, ${MANY}) as n
       returning id, position
     ), vectors as (
       insert into chunk_embeddings (space_id, chunk_id, account_id, embedding)
       select s.id, stored.id, ${LARGE}, array[position, 1, 0]::vector::halfvec from stored, embedding_spaces s
     )
     insert into knowledge_bases (account_id, chunks, terms) values (${LARGE}, ${MANY}, 0)`,
  );
  const [space] = (await pool.query<{ id: number }>(`select id from embedding_spaces`)).rows;
  await pool.query(
    `create index chunk_embeddings_hnsw_${space?.id} on chunk_embeddings
     using hnsw ((embedding::halfvec(3)) halfvec_cosine_ops) with (m = 16, ef_construction = 64)
     where space_id = ${space?.id}`,
  );
}

let folder: string;
beforeEach(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'kb-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  folder = join(parent, 'shop');
  await mkdir(join(folder, `item-${BIKE}`), { recursive: true });
  const pairs = Array.from(
    { length: PAIRS },
    (_, at) => `Есть ли полка ${at + 1}?,Полка ${at + 1} на складе`,
  );
  await writeFile(join(folder, 'delivery.md'), deliveryFor(490));
  await writeFile(join(folder, 'faq.csv'), ['вопрос,ответ', ...pairs].join('\n'));
  await writeFile(join(folder, `item-${BIKE}`, 'bike.md'), '# Велосипед\n\nРама синяя, стальная.\n');
});

const deliveryFor = (price: number) =>
  `# Доставка\n\n## Казань\n\nДоставка в Казань стоит ${price} рублей, доставка идёт два дня.\n\n## Самовывоз\n\nСамовывоз бесплатный.\n`;

async function startModel() {
  const { baseUrl, calls } = await startEmbeddingServer(vectorOf);
  const env = { OPENAI_API_KEY: 'any', OPENAI_BASE_URL: baseUrl, OPENAI_EMBEDDING_MODEL: 'letters' };
  return { calls, env };
}

const cli = async (accountId: number, argv: readonly string[], env: Record<string, string> = {}) =>
  JSON.parse(
    (
      await runCli([...argv, '--account', String(accountId), '--json'], {
        DATABASE_URL: databaseUrl,
        ...env,
      })
    ).stdout,
  );

/** All that a search by words reads of a base, without the ids that a database gives. */
async function indexOf(accountId: number) {
  const rows = async <Row>(sql: string) =>
    (await pool.query<Row & Record<string, unknown>>(sql, [accountId])).rows;
  const lists = await rows<{ lexeme: string; item_id: string | null; postings: Buffer }>(
    `select lexeme, item_id, postings from posting_lists where account_id = $1`,
  );
  const chunks = await rows<{ id: string; place: string }>(
    `select c.id, d.source_key || ' ' || c.position as place from chunks c join documents d on d.id = c.document_id
      where c.account_id = $1`,
  );
  const places = new Map(chunks.map(({ id, place }) => [Number(id), place]));
  const postings = lists.flatMap(({ lexeme, item_id: itemId, postings: list }) =>
    Array.from({ length: list.length / 8 }, (_, at) => {
      const posting = list.readBigUInt64BE(at * 8);
      const figures = [(posting >> 12n) & 0xffn, posting & 0xfffn];
      return [lexeme, itemId, places.get(Number(posting >> 20n)), ...figures].join(' ');
    }),
  );
  return {
    postings: postings.toSorted(),
    lexicon: await rows(`select lexeme, chunks from lexicon where account_id = $1 order by lexeme`),
    base: await rows(`select chunks, terms from knowledge_bases where account_id = $1`),
    documents: await rows(
      `select source_key, terms from documents where account_id = $1 order by source_key`,
    ),
  };
}

const prices = (passages: { content: string }[]) =>
  passages.flatMap(({ content }) => content.match(/\d{3}(?= рублей)/g) ?? []);

describe('a knowledge base of an earlier version', () => {
  test('is the one that a sync of the same sources writes now', async () => {
    const { env } = await startModel();
    expect(await cli(FRESH, ['kb', 'sync', folder], env)).toMatchObject({ added: 3 });
    const carriedOver = await indexOf(MINE);
    expect(carriedOver.postings.length).toBeGreaterThan(PAIRS);
    expect(carriedOver).toEqual(await indexOf(FRESH));
  });

  test('is searched by words, each account for itself', async () => {
    const ask = ['kb', 'search', 'сколько стоит доставка в Казань'];
    expect(prices((await cli(MINE, ask)).passages)).toEqual(['490']);
    expect(prices((await cli(YOURS, ask)).passages)).toEqual(['590']);
    expect((await cli(MINE, ['kb', 'search', 'полка 69'])).passages[0].question).toBe('Есть ли полка 69?');
    // Spelt wrong: found by the vocabulary.
    expect(prices((await cli(YOURS, ['kb', 'search', 'даставка'])).passages)).toEqual(['590']);
  });

  test('keeps what belongs to a listing to that listing', async () => {
    const { retriever } = await createRag({ pool, model: undefined, logger: silentLogger });
    const found = async (itemId?: number) =>
      (await retriever.retrieve({ accountId: MINE, question: 'какая рама', limit: 3, itemId })).passages;
    expect(await found(BIKE)).toMatchObject([{ sourceKey: `shop/item-${BIKE}/bike.md` }]);
    expect(await found()).toEqual([]);
  });

  test('is searched by meaning, each account for itself', async () => {
    const { search } = await createRag({ pool, model: undefined, logger: silentLogger });
    for (const accountId of [MINE, YOURS]) {
      const { rows } = await pool.query<{ id: string; embedding: string }>(
        `select c.id, e.embedding::text from chunks c join chunk_embeddings e on e.chunk_id = c.id
          where c.account_id = $1 and c.content like 'Доставка%'`,
        [accountId],
      );
      const [wanted] = rows;
      const vector = JSON.parse(wanted?.embedding ?? '[]') as number[];
      const found = await search.searchDense({ accountId, spaceKey: SPACE, vector, limit: 500 });
      expect(found[0]).toMatchObject({ chunkId: Number(wanted?.id), similarity: expect.closeTo(1, 3) });
      const own = await pool.query(`select id from chunks where account_id = $1`, [accountId]);
      const ownIds = new Set(own.rows.map(({ id }) => Number(id)));
      expect(found.filter(({ chunkId }) => !ownIds.has(chunkId))).toEqual([]);
    }
  });

  test('gets a graph of its own if it is large, in place of the one for all', async () => {
    const { rows } = await pool.query<{ indexname: string; indexdef: string }>(
      `select indexname, indexdef from pg_indexes where indexname like 'chunk_embeddings_hnsw%'`,
    );
    expect(rows.map(({ indexname }) => indexname)).toEqual([
      expect.stringMatching(new RegExp(`^chunk_embeddings_hnsw_\\d+_${LARGE}$`)),
    ]);
    const { search } = await createRag({ pool, model: undefined, logger: silentLogger });
    const [nearest] = await search.searchDense({
      accountId: LARGE,
      spaceKey: SPACE,
      vector: [3, 1, 0],
      limit: 5,
    });
    const { rows: chunks } = await pool.query(`select content from chunks where id = $1`, [nearest?.chunkId]);
    expect(chunks).toEqual([{ content: 'Товар 3' }]);
  });

  test('is synced, changed and removed like any other, and leaves nothing behind', async () => {
    const { calls, env } = await startModel();
    const yours = await indexOf(YOURS);
    // Written anew, because documents are read in another way since; what they say as before is not embedded again.
    expect(await cli(CHANGED, ['kb', 'sync', folder], env)).toMatchObject({
      added: 0,
      updated: 3,
      unchanged: 0,
      removed: 0,
      embedded: 0,
    });
    expect(calls).toEqual([]);
    expect(await cli(CHANGED, ['kb', 'sync', folder], env)).toMatchObject({ updated: 0, unchanged: 3 });

    await writeFile(join(folder, 'delivery.md'), deliveryFor(790).replace('Самовывоз', 'Постамат'));
    expect(await cli(CHANGED, ['kb', 'sync', folder], env)).toMatchObject({ updated: 1, unchanged: 2 });
    const ask = async (question: string) => (await cli(CHANGED, ['kb', 'search', question])).passages;
    expect(prices(await ask('доставка в Казань'))).toEqual(['790']);

    const keys = ['shop/delivery.md', 'shop/faq.csv', `shop/item-${BIKE}/bike.md`];
    expect(await cli(CHANGED, ['kb', 'remove', ...keys])).toMatchObject({ removed: 3, unknown: [] });
    expect(await indexOf(CHANGED)).toEqual({
      postings: [],
      lexicon: [],
      base: [{ chunks: '0', terms: '0' }],
      documents: [],
    });
    expect(await indexOf(YOURS)).toEqual(yours);
  });
});
