import type { Pool } from 'pg';
import type { ChunkSearch, StoredChunk } from '../../ports.ts';
import { createDenseSearch } from './dense-search.ts';
import { ofOtherItems } from './item-scope.ts';
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

const COLUMNS = 'c.id, d.source_key, d.title, c.position, c.heading, c.question, c.content';
/** A base of so many characters per chunk, or fewer, is not looked at: chunks are longer as a rule. */
const LEAST_CHARACTERS = 50;

const toChunk = (row: ChunkRow): StoredChunk => ({
  chunkId: Number(row.id),
  sourceKey: row.source_key,
  title: row.title,
  position: row.position,
  heading: row.heading,
  question: row.question,
  content: row.content,
});

const charactersOf = ({ heading, question, content }: ChunkRow) =>
  heading.length + (question?.length ?? 0) + content.length;

/** Search by SQL on the tables of the knowledge base. Every statement is bound to one account. */
export function createPostgresChunkSearch(pool: Pool): ChunkSearch {
  const query = searchQuery(pool);
  return {
    lookUpWords: createVocabularyLookup(pool),
    searchLexical: createLexicalSearch(pool),
    searchDense: createDenseSearch(pool),

    async loadChunks({ accountId, chunkIds }) {
      const rows = await query<ChunkRow>(
        `select ${COLUMNS} from chunks c join documents d on d.id = c.document_id
          where c.account_id = $1 and c.id = any($2::bigint[])`,
        [accountId, [...chunkIds]],
        'rag.chunks',
      );
      return rows.map(toChunk);
    },

    async loadSmallBase({ accountId, itemId, maxCharacters }) {
      // The figure of the whole base first: counting letters of a large one would read all of it.
      const rows = await query<ChunkRow>(
        `with base as (
           select c.id from chunks c
            where c.account_id = $1 and c.id not in ${ofOtherItems('$2')}
              and (select chunks from knowledge_bases where account_id = $1) <= $3::int / ${LEAST_CHARACTERS}
         )
         select ${COLUMNS} from chunks c join documents d on d.id = c.document_id and d.account_id = $1
          where c.account_id = $1 and c.id in (select id from base) order by d.source_key, c.position`,
        [accountId, itemId ?? null, maxCharacters],
        'rag.base',
      );
      const characters = rows.reduce((sum, row) => sum + charactersOf(row), 0);
      return rows.length === 0 || characters > maxCharacters ? undefined : rows.map(toChunk);
    },

    async stem({ texts }) {
      const rows = await query<{ lexemes: string[] }>(
        `select tsvector_to_array(to_tsvector('russian', t.text)) as lexemes
           from unnest($1::text[]) with ordinality as t(text, n) order by n`,
        [[...texts]],
        'rag.stems',
      );
      return rows.map((row) => row.lexemes);
    },
  };
}
