import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { useTestDatabase } from '../testing/test-database.ts';
import { encodeHalfVectors } from './half-vectors.ts';

const { pool } = useTestDatabase();

test('vectors in binary are the same as in text', async () => {
  const { rows: types } = await pool.query(`select 'halfvec'::regtype::oid`);
  const numbers = fc.float({ noNaN: true, noDefaultInfinity: true, min: -60_000, max: 60_000 });
  const vectors = fc.array(fc.array(numbers, { minLength: 1, maxLength: 20 }), {
    minLength: 1,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(vectors, async (some) => {
      const { rows } = await pool.query(
        `select every(g.vector = g.text::halfvec) as same, count(*)::int
           from unnest($1::halfvec[], $2::text[]) as g(vector, text)`,
        [encodeHalfVectors(some, types[0].oid), some.map((vector) => JSON.stringify(vector))],
      );
      expect(rows).toEqual([{ same: true, count: some.length }]);
    }),
    { numRuns: 30 },
  );
});
