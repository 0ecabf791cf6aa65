import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Source } from '../../sources/source.ts';
import { createFakeEmbedder, letterVector } from '../../testing/fake-models.ts';
import { fillTables, newAccountId, text, useTestPool } from '../../testing/knowledge-tables.ts';
import { createPostgresChunkSearch } from './chunk-search.ts';

const pool = useTestPool();
const search = createPostgresChunkSearch(pool);

// Few words, so that the accounts share most of them and mean the same by them.
const words = ['доставка', 'гарантия', 'самовывоз', 'оплата', 'телефон', 'чехол', 'возврат', 'скидка'];
const someWords = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 });
const itemIds = fc.constantFrom(undefined, undefined, 7_000_000_001, 7_000_000_002);
const bases = fc.array(
  fc.array(fc.record({ content: someWords, itemId: itemIds }), { minLength: 1, maxLength: 4 }),
  { minLength: 2, maxLength: 3 },
);
const questions = fc.record({
  asked: fc.array(fc.constantFrom(...words, 'дотсавка', 'гарнатия', 'чехлы'), { minLength: 1, maxLength: 4 }),
  itemId: itemIds,
});

type Document = { content: string[]; itemId: number | undefined };

/** Each account has one word that no other has. */
async function fill(documents: readonly Document[], index: number) {
  const accountId = newAccountId();
  const own = `марка${'абвг'[index]}`;
  const sources = documents.map(({ content, itemId }, number): Source => ({
    ...text(`${number}`, `${[own, ...content].join(' ')}.`),
    ...(itemId === undefined ? {} : { itemId }),
  }));
  const { embedder } = createFakeEmbedder({ model: 'isolation', maxBatchSize: 50 });
  await fillTables({ pool, accountId, sources, embedder });
  const { rows } = await pool.query<{ id: string; item_id: string | null }>(
    'select id, item_id from chunks where account_id = $1',
    [accountId],
  );
  return { accountId, own, spaceKey: embedder.spaceKey, chunks: rows };
}

test('no search gives anything of another account, nor of a listing that was not asked about', async () => {
  await fc.assert(
    fc.asyncProperty(bases, fc.array(questions, { minLength: 1, maxLength: 3 }), async (shops, asks) => {
      const accounts = await Promise.all(shops.map(fill));
      const everyChunk = accounts.flatMap(({ chunks }) => chunks.map(({ id }) => Number(id)));
      for (const { accountId, own, spaceKey, chunks } of accounts) {
        const others = accounts.filter((other) => other.accountId !== accountId).map((other) => other.own);
        for (const { asked, itemId } of asks) {
          const allowed = new Set(
            chunks
              .filter(({ item_id }) => item_id === null || Number(item_id) === itemId)
              .map(({ id }) => Number(id)),
          );
          const expectAllowed = (found: readonly { chunkId: number }[]) =>
            expect(found.filter(({ chunkId }) => !allowed.has(chunkId))).toEqual([]);
          const lookup = await search.lookUpWords({ accountId, words: [...asked, own, ...others] });
          const known = lookup.words.flatMap(({ candidates }) => candidates.map(({ lexeme }) => lexeme));
          expect(lookup.chunkCount).toBe(chunks.length);
          expect(known.filter((lexeme) => others.includes(lexeme))).toEqual([]);

          const terms = [...new Set([...known, ...others])].map((lexeme, slot) => ({
            slot,
            lexeme,
            weight: 1,
            leads: slot % 2 === 0,
          }));
          const query = { accountId, itemId, limit: 50 };
          expectAllowed(await search.searchLexical({ ...query, terms, averageTerms: 3 }));
          const vector = letterVector(asked.join(' '));
          const near = await search.searchDense({ ...query, spaceKey, vector });
          expectAllowed(near);
          expect(near).toHaveLength(allowed.size);
          expectAllowed((await search.loadSmallBase({ ...query, maxCharacters: 10_000 })) ?? []);
          const loaded = await search.loadChunks({ accountId, chunkIds: everyChunk });
          expect(loaded).toHaveLength(chunks.length);
        }
      }
    }),
    { numRuns: 12 },
  );
});
