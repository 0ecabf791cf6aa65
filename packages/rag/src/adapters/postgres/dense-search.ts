import { AppError } from '@avito-autoreply/runtime';
import type { Pool } from 'pg';
import { toSql } from 'pgvector';
import type { ChunkSearch } from '../../ports.ts';
import { ofOtherItems } from './item-scope.ts';
import { searchQuery } from './run-query.ts';

/** Up to here every vector of the account is compared: exact, and faster than an index that must filter. */
const EXACT_BELOW_CHUNKS = 10_000;
const EF_SEARCH = 200;
/** The listing's own chunks that are looked at in any case; in a large base the general ones would crowd them out. */
const ITEM_CHUNKS = 10;

type SpaceRow = { id: number; dimensions: number; chunks: string | null };

/** Nearest neighbours in one embedding space. Throws `knowledge.other-dimensions`; a space nobody filled finds nothing. */
export function createDenseSearch(pool: Pool): ChunkSearch['searchDense'] {
  const query = searchQuery(pool);
  return async ({ accountId, spaceKey, vector, limit, itemId }) => {
    const [space] = await query<SpaceRow>(
      `select s.id, s.dimensions, b.chunks from embedding_spaces s
         left join knowledge_bases b on b.account_id = $2 where s.key = $1`,
      [spaceKey, accountId],
      'rag.dimensions',
    );
    if (space === undefined) return [];
    if (space.dimensions !== vector.length) {
      throw new AppError(
        `the question has ${vector.length} dimensions, but the vectors of ${spaceKey} have ${space.dimensions}: sync the knowledge base with the model that is configured now`,
        { code: 'knowledge.other-dimensions' },
      );
    }
    const isExact = Number(space.chunks ?? 0) < EXACT_BELOW_CHUNKS;
    const values = [accountId, toSql([...vector]), limit, itemId ?? null];
    const rows = await query<{ chunk_id: string; distance: number; is_of_item: boolean }>(
      nearest({ accountId, space, isExact, efSearch: Math.max(EF_SEARCH, limit) }),
      values,
    );
    return rows.map((row) => ({
      chunkId: Number(row.chunk_id),
      similarity: 1 - row.distance,
      isOfItem: row.is_of_item,
    }));
  };
}

/** The ids and dimensions are literals, because the planner must match them with the index's expression and predicate. */
function nearest({
  accountId,
  space,
  isExact,
  efSearch,
}: {
  accountId: number;
  space: SpaceRow;
  isExact: boolean;
  efSearch: number;
}): string {
  const dimensions = Number(space.dimensions);
  const distance = `embedding::halfvec(${dimensions}) <=> $2::halfvec(${dimensions})`;
  // Adding zero keeps the planner from an index that would make the result approximate.
  const exactOrder = `(${distance}) + 0`;
  const rows = (condition: string, order: string, limit: string) =>
    `select chunk_id, ${distance} as distance from chunk_embeddings
      where space_id = ${Number(space.id)} and account_id = ${Number(accountId)} and chunk_id ${condition} order by ${order} limit ${limit}`;
  const others = `not in ${ofOtherItems('$4')}`;
  const every = isExact
    ? rows(others, exactOrder, '$3')
    : rows(`${others} and (${indexSettings(efSearch)}) is not null`, distance, '$3');
  return `
    with of_item as (select id from chunks where account_id = $1 and item_id = $4::bigint),
    every as (${every}),
    own as (${rows('in (select id from of_item)', exactOrder, String(ITEM_CHUNKS))})
    select chunk_id, distance, chunk_id in (select id from of_item) as is_of_item
      from (select * from every union select * from own) as found order by distance, chunk_id`;
}

/**
 * Set within the statement, which saves a transaction around it: a condition that stands for itself is looked at before
 * the index is, and what is set for a transaction ends with it. Without the iterative scan the filter by listing would
 * leave too few of the index's first rows.
 */
const indexSettings = (efSearch: number) =>
  `select set_config('hnsw.ef_search', '${efSearch}', true) || set_config('hnsw.iterative_scan', 'strict_order', true)`;
