import type { Pool } from 'pg';
import type { ChunkSearch } from '../../ports.ts';
import { createDenseSearch } from './dense-search.ts';
import { createLexicalSearch } from './lexical-search.ts';
import { searchQuery } from './run-query.ts';
import { createVocabularyLookup } from './vocabulary-lookup.ts';

type ChunkRow = {
  id: string;
  source_key: string;
  title: string;
  position: number;
  heading: string;
  question: string | null;
  content: string;
};

/** Search by SQL on the tables of the knowledge base. Every statement is bound to one account. */
export function createPostgresChunkSearch(pool: Pool): ChunkSearch {
  const query = searchQuery(pool);
  return {
    lookUpWords: createVocabularyLookup(pool),
    searchLexical: createLexicalSearch(pool),
    searchDense: createDenseSearch(pool),

    async loadChunks({ accountId, chunkIds }) {
      const rows = await query<ChunkRow>(
        `select c.id, d.source_key, d.title, c.position, c.heading, c.question, c.content
           from chunks c join documents d on d.id = c.document_id
          where c.account_id = $1 and c.id = any($2::bigint[])`,
        [accountId, [...chunkIds]],
      );
      return rows.map((row) => ({
        chunkId: Number(row.id),
        sourceKey: row.source_key,
        title: row.title,
        position: row.position,
        heading: row.heading,
        question: row.question,
        content: row.content,
      }));
    },

    async stem({ texts }) {
      const rows = await query<{ lexemes: string[] }>(
        `select tsvector_to_array(to_tsvector('russian', t.text)) as lexemes
           from unnest($1::text[]) with ordinality as t(text, n) order by n`,
        [[...texts]],
      );
      return rows.map((row) => row.lexemes);
    },
  };
}
